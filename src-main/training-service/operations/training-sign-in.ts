/** The training sign-in, which stands for NHS CIS2 and for the Identity Agent. It exists in training only. */
import { refuse, type Call, type Operation } from '../service-types.ts';
import { findStaff, MAIN_USER_ID } from '../world/staff.ts';
import { textAt } from '../wire/read-body.ts';

/** Who signs in: the main training user unless the body names another. */
const readUser = (call: Call) => findStaff(textAt(call.body, 'userId') ?? MAIN_USER_ID);

/** Who a token is renewed for, while it lives; nobody is asked. Undefined where none is renewed. */
function readRenewed(call: Call) {
  const token = textAt(call.body, 'renews');
  if (token === undefined) return undefined;
  const checked = call.desk.credentials.check('bearer', token);
  return typeof checked === 'string' ? null : (findStaff(checked.userId) ?? null);
}

/** A bearer token, as CIS2 would give one: for who signs in, or in the place of one that still lives. */
export const issueToken: Operation = {
  id: 'TRAINING_TOKEN',
  fhir: 'stu3',
  produces: 'json',
  consumes: 'application/json',
  routes: [{ surface: 'training', method: 'POST', path: '/token', permission: 'open' }],
  answer(call) {
    const renewed = readRenewed(call);
    if (renewed === null) return refuse(401, '');
    const user = renewed ?? readUser(call);
    if (!user) return refuse(404, '');
    const { secret, expiresAtMs } = call.desk.credentials.issue('bearer', user.userId);
    return {
      status: 200,
      json: {
        token: secret,
        userId: user.userId,
        userName: `${user.firstName} ${user.lastName}`,
        expiresInSeconds: Math.floor(call.desk.credentials.lifetimeMs / 1000),
        expiresAtMs,
      },
    };
  },
};

/** An SSO ticket, as the Identity Agent would give one. */
export const issueTicket: Operation = {
  id: 'TRAINING_TICKET',
  fhir: 'stu3',
  produces: 'json',
  consumes: 'application/json',
  routes: [{ surface: 'training', method: 'POST', path: '/sso-ticket', permission: 'open' }],
  answer(call) {
    const user = readUser(call);
    if (!user) return refuse(404, '');
    return { status: 200, json: { ticket: call.desk.credentials.issue('sso-ticket', user.userId).secret } };
  },
};

/** Gives a credential back: the card is out. */
export const signOut: Operation = {
  id: 'TRAINING_SIGN_OUT',
  fhir: 'stu3',
  produces: 'nothing',
  consumes: 'application/json',
  routes: [{ surface: 'training', method: 'POST', path: '/sign-out', permission: 'open' }],
  answer(call) {
    call.desk.credentials.revoke(textAt(call.body, 'credential') ?? '');
    return { status: 204 };
  },
};
