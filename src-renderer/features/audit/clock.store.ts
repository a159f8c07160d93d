import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ClockDrift } from '../../../src-main/contract/channels/audit.ts';
import { useBridge } from '../../bridge/bridge.ts';

/** How this computer's clock stands to that of e-RS; nothing of it is of a patient. */
export const useClockStore = defineStore('clock', () => {
  const bridge = useBridge();
  const drift = shallowRef<ClockDrift | null>(null);

  /** Follows it from here on; the returned function ends that. */
  function follow(): () => void {
    void bridge.requests['audit/read-clock']({}).then((outcome) => {
      if (outcome.ok) drift.value ??= outcome.value;
    });
    return bridge.pushes['audit/clock-changed']((changed) => (drift.value = changed));
  }

  return { drift, follow };
});
