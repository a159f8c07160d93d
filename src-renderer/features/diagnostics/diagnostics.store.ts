import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { CheckId, CheckResult, Verdict } from '../../../src-main/contract/channels/diagnostics.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { CHECK_TITLES } from './check-titles.ts';

export interface CheckState {
  readonly id: CheckId;
  readonly title: string;
  /** What was found last; null until something was. */
  readonly result: CheckResult | null;
  readonly isRunning: boolean;
}

const NONE: readonly CheckState[] = CHECK_TITLES.map(([id, title]) => ({
  ...{ id, title },
  result: null,
  isRunning: false,
}));

/** The checks of this desk. Each is asked for by itself and shown when it is there: one that hangs holds up no other. */
export const useDiagnosticsStore = defineStore('diagnostics', () => {
  const checks = shallowRef(NONE);
  const running = computed(() => checks.value.filter(({ isRunning }) => isRunning).length);
  const isDone = computed(() => running.value === 0 && checks.value.every(({ result }) => result !== null));

  const countOf = (verdict: Verdict) =>
    checks.value.filter(({ result }) => result?.verdict === verdict).length;

  function put(id: CheckId, change: Partial<CheckState>): void {
    checks.value = checks.value.map((check) => (check.id === id ? { ...check, ...change } : check));
  }

  async function runOne(id: CheckId): Promise<void> {
    const answer = await useBridge().requests['diagnostics/run-check']({ id });
    const result: CheckResult = answer.ok
      ? answer.value
      : { id, verdict: 'unknown', code: 'check-failed', facts: [] };
    put(id, { result, isRunning: false });
  }

  /** Runs all of them side by side; those that still run from before go on. */
  async function runAll(): Promise<void> {
    const idle = checks.value.filter(({ isRunning }) => !isRunning).map(({ id }) => id);
    checks.value = checks.value.map((check) => ({ ...check, isRunning: true }));
    await Promise.all(idle.map(runOne));
  }

  /** The text for the service desk, which main writes; null when it could not be had. */
  async function readReport(): Promise<string | null> {
    const answer = await useBridge().requests['diagnostics/read-report']({});
    return answer.ok ? answer.value.text : null;
  }

  return { checks, running, isDone, countOf, runAll, readReport };
});
