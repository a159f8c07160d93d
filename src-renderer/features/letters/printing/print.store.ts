import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { PrintJob, ReprintReason } from '../../../../src-main/contract/channels/letters.ts';
import type { Problem } from '../../../../src-main/contract/outcome.ts';
import { useBridge } from '../../../bridge/bridge.ts';
import { isSettled } from './job-words.ts';

/** What the clerk says in the print panel. */
export interface PrintWish {
  readonly letterId: string;
  readonly ubrn: string;
  readonly printer: string;
  readonly copies: number;
  readonly isLarge: boolean;
  readonly reason: ReprintReason | null;
  readonly note: string;
  readonly isReadByClerk: boolean;
  readonly isPhoned: boolean;
}

/** The letters that this person has sent to a printer one by one, until each is counted. */
export const usePrintStore = defineStore('print', () => {
  const bridge = useBridge();
  const jobs = shallowReactive(new Map<string, PrintJob>());
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  /** The referral that the panel is about. */
  const ubrn = ref('');
  /** The referral whose letter is on its way to main: what is pushed of it belongs here before main answers. */
  let awaited = '';
  let generation = 0;

  bridge.pushes['letters/print-changed']((job) => {
    if (jobs.has(job.printId) || job.ubrn === awaited) jobs.set(job.printId, job);
  });

  const jobOf = (of: string): PrintJob | null =>
    [...jobs.values()].findLast((job) => job.ubrn === of) ?? null;
  /** The job that the panel is about. */
  const job = computed(() => jobOf(ubrn.value));
  /** Jobs that are under way or whose sheets nobody has counted, oldest first. */
  const open = computed(() => [...jobs.values()].filter((candidate) => !isSettled(candidate)));

  /** The panel is about this referral from now on. A job of it that is settled is put away. */
  function lookAt(of: string): void {
    ubrn.value = of;
    problem.value = null;
    const known = jobOf(of);
    if (known !== null && isSettled(known)) jobs.delete(known.printId);
  }

  /** Prints a letter; null when main took it. Pressed twice it prints once. */
  async function print({ ubrn: of, ...wish }: PrintWish): Promise<PrintJob | null> {
    if (isBusy.value) return null;
    const started = generation;
    isBusy.value = true;
    problem.value = null;
    awaited = of;
    const outcome = await bridge.requests['letters/print'](wish);
    if (started !== generation) return null;
    isBusy.value = false;
    awaited = '';
    if (!outcome.ok) {
      problem.value = outcome.problem;
      return null;
    }
    // What was pushed meanwhile is newer than the answer.
    if (!jobs.has(outcome.value.printId)) jobs.set(outcome.value.printId, outcome.value);
    return outcome.value;
  }

  async function settle(
    ask: () => ReturnType<(typeof bridge.requests)['letters/cancel-print']>,
  ): Promise<boolean> {
    if (isBusy.value) return false;
    const started = generation;
    isBusy.value = true;
    problem.value = null;
    const outcome = await ask();
    if (started !== generation) return false;
    isBusy.value = false;
    if (outcome.ok) jobs.set(outcome.value.printId, outcome.value);
    else problem.value = outcome.problem;
    return outcome.ok;
  }

  const cancel = (printId: string): Promise<boolean> =>
    settle(() => bridge.requests['letters/cancel-print']({ printId }));
  const count = (printId: string, sheets: number): Promise<boolean> =>
    settle(() => bridge.requests['letters/count-sheets']({ printId, sheets }));

  function forget(): void {
    generation += 1;
    jobs.clear();
    problem.value = null;
    isBusy.value = false;
    ubrn.value = awaited = '';
  }

  return { jobs, job, open, problem, isBusy, ubrn, lookAt, print, cancel, count, forget };
});
