import type { SessionProvider } from '../../../app/ports.ts';
import type { Check } from '../finding.ts';

/** The Identity Agent or the sign-in service, asked without asking anybody for anything. */
export function checkSignIn(provider: SessionProvider): Check {
  return {
    id: 'sign-in',
    patienceMs: 20_000,
    async run() {
      if (provider.check === undefined) return { verdict: 'ok', code: 'no-sign-in-needed' };
      const answer = await provider.check();
      if (answer.ok) return { verdict: 'ok', code: 'sign-in-ready' };
      const { kind, code } = answer.problem;
      // Somebody without a card in has no session there yet; the agent itself has answered.
      return { verdict: kind === 'not-signed-in' ? 'warn' : 'fail', code };
    },
  };
}
