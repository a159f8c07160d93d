import { CLINICAL } from '../../ers/roles.ts';
import { refuse, type Answer, type Call, type Operation } from '../service-types.ts';
import { appointmentBody } from '../wire/appointment-body.ts';
import { checkPatientForReading, checkRelationship } from './referral-checks.ts';

function answer(call: Call): Answer {
  const { id = '', version } = call.params;
  const referral = call.desk.world.findReferralByAppointment(id);
  const appointment = referral?.appointment;
  if (!referral || !appointment) return refuse(404, '');
  const refusal = checkRelationship(call, referral) ?? checkPatientForReading(call, referral);
  if (refusal) return refusal;
  if (version !== undefined && version !== String(appointment.version)) return refuse(404, '');
  return {
    status: 200,
    headers: { ETag: `W/"${appointment.version}"` },
    json: appointmentBody(call, referral, appointment, { id, isReplyToA016: false }),
  };
}

/** A038: an appointment by its real id; the current version only. */
export const readAppointment: Operation = {
  id: 'A038',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/Appointment/:id', permission: CLINICAL },
    {
      surface: 'api-platform',
      method: 'GET',
      path: '/STU3/Appointment/:id/_history/:version',
      permission: CLINICAL,
    },
  ],
  answer,
};
