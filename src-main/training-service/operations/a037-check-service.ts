import { REFERRER_CLINICAL } from '../../ers/roles.ts';
import { refuse, type Operation } from '../service-types.ts';

/** A037: the version of a service, in the ETag alone. */
export const checkServiceVersion: Operation = {
  id: 'A037',
  fhir: 'r4',
  produces: 'nothing',
  consumes: null,
  routes: [
    {
      surface: 'api-platform',
      method: 'HEAD',
      path: '/R4/HealthcareService/:id',
      permission: REFERRER_CLINICAL,
    },
  ],
  answer(call) {
    const service = call.desk.world.findService(call.params.id ?? '');
    if (!service) return refuse(404, 'REC_NOT_FOUND', 'No such service');
    if (!service.commissionedFor.includes(call.caller.organisation))
      return refuse(403, 'NO_RELATIONSHIP', 'The service is not open to this organisation');
    return { status: 200, headers: { ETag: 'W/"1"', 'Cache-Control': 'no-cache' } };
  },
};
