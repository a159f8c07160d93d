/** Back to a seat that is locked or whose session has ended: the provider says who it is that comes. */
import type { SessionState } from '../../contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Credential, SessionProvider } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { Closing } from './closing.ts';
import {
  openProfessionalSession,
  selectClinician,
  selectRole,
  type OpenedSession,
} from './open-professional-session.ts';
import { roleIdOf, withoutRole, type Live } from './session-facts.ts';

/** The session's own state, and the two ways on from here. */
interface Seat {
  readonly provider: SessionProvider;
  readonly client: () => ErsClient;
  readonly closing: Pick<Closing, 'makeWay' | 'leave' | 'end'>;
  readonly live: () => Live | null;
  readonly isOver: () => boolean;
  /** Begins an attempt; the function says whether it has been overtaken, as by a sign-out. */
  readonly begin: () => () => boolean;
  /** The same person: everything stays as it was. */
  readonly goOn: (next: Live) => Outcome<SessionState>;
  /** Another person: the first one's desk is given up, and a session opened for this one. */
  readonly handOver: (credential: Credential) => Promise<Outcome<SessionState>>;
}

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');

/** Problems: those of the provider and of e-RS; the desk then stays as it is. */
export function createReturnToSeat(seat: Seat): () => Promise<Outcome<SessionState>> {
  return async function returnToSeat() {
    const isOvertaken = seat.begin();
    await seat.closing.makeWay();
    const obtained = await seat.provider.obtain();
    if (!obtained.ok) return obtained;
    const before = seat.live();
    if (before === null || isOvertaken()) {
      void seat.closing.leave(null, true);
      return NOT_SIGNED_IN;
    }
    const credential = obtained.value;
    if (credential.kind === 'bearer')
      return credential.userId === before.user.userId
        ? seat.goOn({ ...before, credential })
        : seat.handOver(credential);
    return returnWithTicket(seat, before, credential, isOvertaken);
  };
}

type Ticket = Credential & { readonly kind: 'sso-ticket' };

/** A ticket does not name its person: e-RS does (A001), unless it is the ticket that this session stands on. */
async function returnWithTicket(
  seat: Seat,
  before: Live,
  credential: Ticket,
  isOvertaken: () => boolean,
): Promise<Outcome<SessionState>> {
  const held = before.credential;
  if (!seat.isOver() && held.kind === 'sso-ticket' && held.ticket === credential.ticket)
    return seat.goOn(before);
  const opened = await openProfessionalSession(seat.client(), credential);
  if (!opened.ok) return opened;
  const key = opened.value.professional?.sessionKey ?? null;
  if (isOvertaken()) {
    void seat.closing.leave(key, true);
    return NOT_SIGNED_IN;
  }
  if (opened.value.user.userId !== before.user.userId) {
    // It was opened only to know who it is: theirs is opened when the desk is.
    void seat.closing.leave(key, false);
    return seat.handOver(credential);
  }
  const settled = await takeRoleAgain(seat, before, opened.value);
  if (settled.ok && !isOvertaken()) return seat.goOn(settled.value);
  void seat.closing.leave(key, settled.ok);
  return settled.ok ? NOT_SIGNED_IN : settled;
}

/** The same role and the same clinician in the new session. */
async function takeRoleAgain(seat: Seat, before: Live, opened: OpenedSession): Promise<Outcome<Live>> {
  if (before.role === null) return ok(withoutRole(opened));
  const grant = opened.grants.find((candidate) => roleIdOf(candidate) === before.role?.roleId);
  if (grant === undefined) return fail('forbidden', 'role-withdrawn');
  const client = seat.client();
  const { end } = seat.closing;
  const selected = await selectRole(client, opened.professional, grant, { end, adopt: () => undefined });
  if (!selected.ok) return selected;
  const { role, clinicians, onBehalfOf } = before;
  const next = { ...opened, professional: selected.value, role, clinicians, onBehalfOf };
  const clinician = clinicians?.find((candidate) => candidate === onBehalfOf?.userId);
  if (clinician === undefined) return ok({ ...next, onBehalfOf: null });
  const acting = await selectClinician(
    client,
    { professional: selected.value, onBehalfOf: null },
    grant,
    clinician,
    { end, adopt: () => undefined },
  );
  return acting.ok ? ok({ ...next, professional: acting.value }) : acting;
}
