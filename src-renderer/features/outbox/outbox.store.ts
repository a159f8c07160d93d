import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { OutboxSummary } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';

/** How many actions are not done and whether any can be saved; read once, then pushed by main. No patient data. */
export const useOutboxStore = defineStore('outbox', () => {
  const bridge = useBridge();
  const summary = shallowRef<OutboxSummary | null>(null);
  const problem = shallowRef<Problem | null>(null);

  let pushes = 0;

  bridge.pushes['outbox/changed']((next) => {
    pushes += 1;
    summary.value = next;
    problem.value = null;
  });

  /** Reads the summary now; what was known before stays on show when it fails. */
  async function read(): Promise<void> {
    const pushesBefore = pushes;
    const outcome = await bridge.requests['outbox/read-summary']({});
    // What was pushed while this was asked is newer than the answer.
    if (pushes !== pushesBefore) return;
    if (outcome.ok) summary.value = outcome.value;
    problem.value = outcome.ok ? null : outcome.problem;
  }

  function forget(): void {
    summary.value = null;
    problem.value = null;
  }

  return { summary, problem, read, forget };
});
