import { computed, shallowRef } from 'vue';
import type { ListedName } from '../../../src-main/contract/channels/patient.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { flagSimilarNames } from './similar-names.ts';

/** Fewer than the 50 that main takes: the desk's rate makes names trickle, and the first should show at once. */
const MOST_AT_ONCE = 10;

/** Names of patients, read lazily for the rows on show and kept until a lock (design.md, Patient details). */
export function useNames() {
  const bridge = useBridge();
  const names = shallowRef<ReadonlyMap<string, ListedName>>(new Map());
  const problem = shallowRef<Problem | null>(null);
  const flags = computed(() => flagSimilarNames(names.value.values()));
  let isReading = false;
  let waiting: readonly string[] = [];
  let generation = 0;

  /** Asks for the names of these NHS numbers, those still unknown, one call at a time; the last wish counts. */
  async function wantNames(nhsNumbers: readonly string[]): Promise<void> {
    waiting = nhsNumbers;
    if (isReading) return;
    isReading = true;
    const started = generation;
    for (let batch = nextBatch(); batch.length > 0 && started === generation; batch = nextBatch()) {
      const outcome = await bridge.requests['patient/read-names']({ nhsNumbers: [...batch] });
      if (started !== generation) break;
      problem.value = outcome.ok ? null : outcome.problem;
      if (!outcome.ok) break;
      keep(outcome.value.names, batch);
    }
    isReading = false;
  }

  function nextBatch(): readonly string[] {
    return [...new Set(waiting)].filter((nhsNumber) => !names.value.has(nhsNumber)).slice(0, MOST_AT_ONCE);
  }

  /** Keeps the answer; a number that came back without an entry is kept as nameless, so it is not asked again. */
  function keep(listed: readonly ListedName[], asked: readonly string[]): void {
    const next = new Map(names.value);
    for (const nhsNumber of asked) next.set(nhsNumber, { nhsNumber, name: null, birthDate: null });
    for (const entry of listed) next.set(entry.nhsNumber, entry);
    names.value = next;
  }

  function forgetNames(): void {
    generation += 1;
    isReading = false;
    waiting = [];
    names.value = new Map();
    problem.value = null;
  }

  return { names, flags, namesProblem: problem, wantNames, forgetNames };
}
