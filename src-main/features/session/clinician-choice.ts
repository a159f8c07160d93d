/** For whom a clinician's admin acts: listed by e-RS, chosen anew in every sitting (contract.md section 2.1). */
import type { RequestOutput } from '../../contract/channels.ts';
import type { RoleChoice, SessionState } from '../../contract/channels/session.ts';
import type { SdsUserId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { AppSettings } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a040RetrieveOnBehalfOfPractitioners } from '../../ers/operations/a040-retrieve-on-behalf-of-practitioners.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { selectClinician, type Succession } from './open-professional-session.ts';
import { practitionerOf, roleIdOf, type Live } from './session-facts.ts';

export interface ClinicianChoice {
  /** For whom the chosen role may act, as e-RS says now. */
  readonly readClinicians: () => Promise<Outcome<RequestOutput<'session/read-clinicians'>>>;
  /** Says for whom this person acts; nobody is at the desk before. A change of clinician is a change of sitting. */
  readonly chooseClinician: (input: { userId: string }) => Promise<Outcome<SessionState>>;
}

/** The session's own state, and the steps that change it. */
interface Seat {
  readonly settings: AppSettings;
  readonly client: () => ErsClient;
  /** Ends the session before, once its calls are back. */
  readonly end: Succession['end'];
  readonly live: () => Live | null;
  readonly isLocked: () => boolean;
  readonly sitting: () => number;
  /** Gives up the desk, keeps the role, begins a new sitting. */
  readonly beginSitting: (role: RoleChoice) => void;
  readonly keep: (live: Live) => void;
  readonly showUnchanged: () => void;
  readonly takeDesk: (settled: Live) => Outcome<SessionState>;
}

const MOST = 500;

export function createClinicianChoice(seat: Seat): ClinicianChoice {
  /** The session in a role that acts for a clinician, or why there is none. */
  function atRole(): Outcome<{ readonly live: Live; readonly role: RoleChoice }> {
    const live = seat.live();
    if (live === null || seat.isLocked()) return fail('not-signed-in', 'not-signed-in');
    if (live.role?.needsClinician !== true) return fail('forbidden', 'role-acts-for-nobody');
    return ok({ live, role: live.role });
  }

  /** A040, or what the spine session named when the role was selected (contract.md section 2.4). */
  async function list({ professional, clinicians }: Live): Promise<Outcome<readonly SdsUserId[]>> {
    if (professional !== null) return ok(clinicians ?? []);
    const asked = await seat.client().call(a040RetrieveOnBehalfOfPractitioners, {}, { urgency: 'clerk' });
    const answer = toOutcome(asked);
    return answer.ok ? ok(answer.value.slice(0, MOST)) : answer;
  }

  async function readClinicians(): Promise<Outcome<RequestOutput<'session/read-clinicians'>>> {
    const at = atRole();
    if (!at.ok) return at;
    const mine = seat.sitting();
    const clinicians = await list(at.value.live);
    if (!clinicians.ok) return clinicians;
    const live = seat.live();
    if (live === null || mine !== seat.sitting()) return fail('not-signed-in', 'not-signed-in');
    seat.keep({ ...live, clinicians: clinicians.value });
    return ok({ clinicians: clinicians.value.map((userId) => practitionerOf(seat.settings, userId)) });
  }

  async function chooseClinician({ userId }: { userId: string }): Promise<Outcome<SessionState>> {
    const at = atRole();
    if (!at.ok) return at;
    const { live: before, role } = at.value;
    // Only one that e-RS itself named for this role: the page cannot make one up.
    const clinician = before.clinicians?.find((candidate) => candidate === userId);
    const grant = before.grants.find((candidate) => roleIdOf(candidate) === role.roleId);
    if (clinician === undefined || grant === undefined) return fail('invalid-input', 'unknown-clinician');
    seat.beginSitting(role);
    const mine = seat.sitting();
    const isStale = () => seat.live() === null || mine !== seat.sitting();
    const waiting = { ...before, onBehalfOf: null };
    const selected = await selectClinician(seat.client(), before, grant, clinician, {
      end: seat.end,
      adopt(professional) {
        if (!isStale()) seat.keep({ ...waiting, professional });
      },
    });
    if (isStale()) return fail('not-signed-in', 'not-signed-in');
    if (!selected.ok) {
      seat.showUnchanged();
      return selected;
    }
    const onBehalfOf = practitionerOf(seat.settings, clinician);
    return seat.takeDesk({ ...waiting, professional: selected.value, onBehalfOf });
  }

  return { readClinicians, chooseClinician };
}
