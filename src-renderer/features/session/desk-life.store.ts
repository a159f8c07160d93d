import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DeskPin, DeskTimes } from '../../../src-main/contract/channels/session.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';

const NOTHING: DeskTimes = { endsInMs: null, locksInMs: null, isClosing: false };
const NO_PIN: DeskPin = { status: 'none', attemptsLeft: 0 };
const TICK_MS = 1_000;

/** What runs out at this desk, counted down here between what main tells, and the PIN that opens its lock. */
export const useDeskLifeStore = defineStore('desk-life', () => {
  const ask = useBridge().requests;
  const told = shallowRef(NOTHING);
  const pin = shallowRef(NO_PIN);
  /** Since main told the times. */
  const passedMs = ref(0);
  let toldAtMs = 0;
  let ticking: ReturnType<typeof setInterval> | null = null;

  const leftOf = (ms: number | null) =>
    ms === null ? null : Math.max(0, Math.ceil((ms - passedMs.value) / TICK_MS));
  /** Seconds to the session's end; null while it is far, or renews itself. */
  const endsIn = computed(() => leftOf(told.value.endsInMs));
  /** Seconds to the lock of an unused desk; null while no warning is due. */
  const locksIn = computed(() => leftOf(told.value.locksInMs));
  /** A session that was left waits for its last call. */
  const isClosing = computed(() => told.value.isClosing);

  function take(times: DeskTimes): void {
    told.value = times;
    toldAtMs = performance.now();
    passedMs.value = 0;
    const isCounting = times.endsInMs !== null || times.locksInMs !== null;
    if (ticking !== null) clearInterval(ticking);
    ticking = isCounting ? setInterval(() => (passedMs.value = performance.now() - toldAtMs), TICK_MS) : null;
  }

  /** Reads what runs out and follows it from then on. */
  async function start(): Promise<void> {
    useBridge().pushes['session/times-changed'](take);
    const times = await ask['session/read-times']({});
    if (times.ok) take(times.value);
  }

  /** Somebody uses the desk; nothing of what they do goes along. */
  function noteActivity(): void {
    void ask['session/note-activity']({});
  }

  async function keepPin(asked: Promise<Outcome<DeskPin>>): Promise<Problem | null> {
    const answer = await asked;
    if (!answer.ok) return answer.problem;
    pin.value = answer.value;
    return null;
  }

  const readPin = () => keepPin(ask['session/read-pin']({}));
  const setPin = (typed: string) => keepPin(ask['session/set-pin']({ pin: typed }));
  const removePin = () => keepPin(ask['session/remove-pin']({}));

  return { endsIn, locksIn, isClosing, pin, start, noteActivity, readPin, setPin, removePin };
});
