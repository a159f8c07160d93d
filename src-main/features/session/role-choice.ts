/** The role to work in: one at a time, and while it changes the desk is nobody's (invariant I7). */
import type { SessionState } from '../../contract/channels/session.ts';
import { fail, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { selectRole, type Succession } from './open-professional-session.ts';
import type { Change, Seat } from './seat.ts';
import { roleChoiceOf, roleIdOf } from './session-facts.ts';

interface Room {
  readonly settings: AppSettings;
  readonly client: () => ErsClient;
  readonly seat: Seat;
  /** Ends the session before, once its calls are back. */
  readonly end: Succession['end'];
  readonly leaveDesk: () => void;
  readonly takeDesk: (next: Change) => Outcome<SessionState>;
}

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');

export type ChooseRole = (input: { roleId: string }) => Promise<Outcome<SessionState>>;

/** Problems: `unknown-role`, and those of A001 and A002; the desk is then without a role. */
export function createRoleChoice(room: Room): ChooseRole {
  const { seat } = room;
  return async function chooseRole({ roleId }: { roleId: string }): Promise<Outcome<SessionState>> {
    const before = seat.live();
    if (before === null || seat.isShut()) return NOT_SIGNED_IN;
    const grant = before.grants.find((candidate) => roleIdOf(candidate) === roleId);
    if (grant === undefined) return fail('invalid-input', 'unknown-role');
    // While the role changes nothing is done in the old one: its key may already stand for the new (I7).
    room.leaveDesk();
    seat.beginSitting();
    const current = { ...before, role: null, clinicians: null, onBehalfOf: null };
    const mine = seat.sitting();
    const isStale = () => seat.live() === null || mine !== seat.sitting();
    const selected = await selectRole(room.client(), current.professional, grant, {
      end: room.end,
      adopt(professional) {
        if (!isStale()) seat.keep({ ...current, professional });
      },
    });
    if (isStale()) return NOT_SIGNED_IN;
    if (!selected.ok) {
      seat.change({});
      return selected;
    }
    const role = roleChoiceOf(room.settings, grant);
    const clinicians = selected.value?.clinicians ?? null;
    return room.takeDesk({ live: { ...current, professional: selected.value, role, clinicians } });
  };
}
