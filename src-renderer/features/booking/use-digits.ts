import { nextTick, ref, shallowRef } from 'vue';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import type { CommitResult } from './booking.store.ts';
import { wrongDigitsWords } from './review-words.ts';

/** What a review panel does with the answer to its digits: asks again, shows the problem, or ends. */
export function useDigits(panel: () => { askAgain(): unknown } | null) {
  const digitFault = ref('');
  const problem = shallowRef<Problem | null>(null);

  function reset(): void {
    digitFault.value = '';
    problem.value = null;
  }

  /** Commits, and says whether the action is under way, the panel had to close, or it stays open. */
  async function commit(ask: () => Promise<CommitResult>): Promise<'started' | 'closed' | 'open'> {
    reset();
    const became = await ask();
    await nextTick();
    switch (became.kind) {
      case 'started':
      case 'closed':
        return became.kind;
      case 'wrong-digits':
        digitFault.value = wrongDigitsWords(became.attemptsLeft);
        break;
      case 'problem':
        problem.value = became.problem;
        break;
      case 'busy':
        return 'open';
    }
    panel()?.askAgain();
    return 'open';
  }

  return { digitFault, problem, reset, commit };
}
