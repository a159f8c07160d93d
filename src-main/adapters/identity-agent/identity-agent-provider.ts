import type { Clock, Credential, SessionProvider } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { TicketHelper } from './ticket-helper.ts';

/** The agent tells nobody that its session has ended, so it is asked at this distance (contract.md section 2.4). */
const LOOK_MS = 20_000;

/**
 * The smartcard session of the legacy Identity Agent: its ticket opens the e-RS session (A001). The ticket's life is
 * published nowhere, so it is asked for at each need and never kept on disk (devices.md section 2).
 */
export function createIdentityAgentProvider(helper: TicketHelper, clock: Clock): SessionProvider {
  let held: string | null = null;

  async function obtain(): Promise<Outcome<Credential>> {
    const answer = await helper.get();
    if (!answer.ok) return answer;
    if (answer.value === '') return fail('bad-reply', 'ticket-helper-not-understood');
    held = answer.value;
    return ok({ kind: 'sso-ticket', ticket: answer.value });
  }

  return {
    obtain,
    watchEnd(listener) {
      let cancel = () => {};
      let isWatching = true;
      const lookLater = () => (cancel = clock.schedule(LOOK_MS, () => void look()));
      async function look(): Promise<void> {
        const before = held;
        const answer = before === null ? null : await helper.getQuietly();
        if (!isWatching) return;
        // Another ticket is another session: somebody else's card, it may be. An agent that does not answer says nothing.
        const isAnother = answer?.ok === true && answer.value !== before;
        const isNone = answer !== null && !answer.ok && answer.problem.code === 'no-ticket';
        if (held === before && (isAnother || isNone)) {
          held = null;
          listener('card-removed');
        }
        lookLater();
      }
      lookLater();
      return () => {
        isWatching = false;
        cancel();
      };
    },
    async check() {
      const answer = await helper.getQuietly();
      return answer.ok ? ok(undefined) : answer;
    },
    async release() {
      // The agent's session belongs to the card and to other programs of this person: only what we hold is forgotten.
      held = null;
    },
  };
}
