import { ref, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Look, SettingChanges, SettingsView } from '../../../src-main/contract/channels/settings.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { applyLook } from './apply-look.ts';

/** What is set, a copy of what main owns; the window always wears the look of whoever is at the desk. */
export const useSettingsStore = defineStore('settings', () => {
  const bridge = useBridge();
  const look = shallowRef<Look | null>(null);
  const view = shallowRef<SettingsView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);

  function wear(next: Look): void {
    look.value = next;
    applyLook(next);
  }

  /** Follows main from the first screen on. */
  function start(): void {
    bridge.pushes['settings/look-changed'](wear);
  }

  /** Reads the look of whoever is at the desk now; a window that cannot be told keeps the one it has. */
  async function readLook(): Promise<void> {
    const outcome = await bridge.requests['settings/read-look']({});
    if (outcome.ok) wear(outcome.value);
  }

  /** Shows a choice before it is kept; `wearOwn` takes it back. */
  function tryOn(tried: Pick<Look, 'textSize' | 'contrast'>): void {
    applyLook(tried);
  }

  function wearOwn(): void {
    if (look.value !== null) applyLook(look.value);
  }

  async function take(ask: () => Promise<Outcome<SettingsView>>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    const outcome = await ask();
    isBusy.value = false;
    problem.value = outcome.ok ? null : outcome.problem;
    if (outcome.ok) view.value = outcome.value;
    return outcome.ok;
  }

  const read = () => take(() => bridge.requests['settings/read']({}));
  const changeRecordKey = () => take(() => bridge.requests['settings/change-record-key']({}));

  /** Keeps what changed; true when main has it. */
  async function save(changes: SettingChanges): Promise<boolean> {
    const isSaved = await take(() => bridge.requests['settings/save'](changes));
    if (isSaved) await readLook();
    return isSaved;
  }

  function forget(): void {
    view.value = null;
    problem.value = null;
    isBusy.value = false;
  }

  return {
    ...{ look, view, problem, isBusy },
    ...{ start, readLook, tryOn, wearOwn, read, save, changeRecordKey, forget },
  };
});
