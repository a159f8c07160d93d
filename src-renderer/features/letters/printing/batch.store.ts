import { computed, ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { PrintBatch } from '../../../../src-main/contract/channels/letters.ts';
import type { Outcome, Problem } from '../../../../src-main/contract/outcome.ts';
import { useBridge } from '../../../bridge/bridge.ts';
import { isBatchOpen } from './batch-words.ts';

/** The batch of letters of this person: planned, printing, or printed and not counted. One at a time. */
export const useBatchStore = defineStore('batch', () => {
  const bridge = useBridge();
  const batch = shallowRef<PrintBatch | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  let generation = 0;
  /** Grows with each push: an answer that was overtaken by one is older than what is shown. */
  let pushed = 0;

  const isOpen = computed(() => batch.value !== null && isBatchOpen(batch.value));

  bridge.pushes['letters/batch-changed']((next) => {
    if (batch.value?.batchId !== next.batchId) return;
    pushed += 1;
    batch.value = next;
  });

  async function ask(question: () => Promise<Outcome<PrintBatch>>): Promise<boolean> {
    if (isBusy.value) return false;
    const [started, before] = [generation, pushed];
    isBusy.value = true;
    problem.value = null;
    const outcome = await question();
    if (started !== generation) return false;
    isBusy.value = false;
    if (!outcome.ok) problem.value = outcome.problem;
    else if (before === pushed) batch.value = outcome.value;
    return outcome.ok;
  }

  const ofBatch =
    (channel: 'letters/pause-batch' | 'letters/resume-batch' | 'letters/cancel-batch') =>
    (): Promise<boolean> => {
      const batchId = batch.value?.batchId;
      return batchId === undefined
        ? Promise.resolve(false)
        : ask(() => bridge.requests[channel]({ batchId }));
    };

  /** Plans a batch in the order given; the one before it is put away. */
  function plan(ubrns: readonly string[]): Promise<boolean> {
    batch.value = null;
    return ask(() => bridge.requests['letters/plan-batch']({ ubrns: [...ubrns] }));
  }

  async function start(printer: string, isLarge: boolean): Promise<boolean> {
    const batchId = batch.value?.batchId;
    return batchId === undefined
      ? false
      : ask(() => bridge.requests['letters/start-batch']({ batchId, printer, isLarge }));
  }

  async function count(sheets: number): Promise<boolean> {
    const batchId = batch.value?.batchId;
    return batchId === undefined
      ? false
      : ask(() => bridge.requests['letters/count-batch-sheets']({ batchId, sheets }));
  }

  /** A plan that was not started is put away with its panel. */
  function dropPlan(): void {
    if (batch.value?.state === 'planned') batch.value = null;
    problem.value = null;
  }

  function forget(): void {
    generation += 1;
    batch.value = null;
    problem.value = null;
    isBusy.value = false;
  }

  return {
    ...{ batch, problem, isBusy, isOpen },
    ...{ plan, start, count, dropPlan, forget },
    pause: ofBatch('letters/pause-batch'),
    resume: ofBatch('letters/resume-batch'),
    cancel: ofBatch('letters/cancel-batch'),
  };
});
