import { refuse, type Operation } from '../service-types.ts';
import { readSession } from './a002-select-role.ts';

/** A003: ends the session; one that is dead already is a 403. */
export const deleteSession: Operation = {
  id: 'A003',
  fhir: 'stu3',
  produces: 'nothing',
  consumes: null,
  routes: [
    {
      surface: 'spine-session',
      method: 'DELETE',
      path: '/v1/ProfessionalSession/:sessionKey',
      permission: 'signed-in',
    },
  ],
  answer(call) {
    const session = readSession(call);
    if (!session) return refuse(403, 'NOT_AUTHORISED', 'No such session');
    call.desk.sessions.end(session.key);
    return { status: 204 };
  },
};
