import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from './main-clock.ts';

/** The one open referral: main owns it, this is the copy on show (one patient per window, hazard 1). */
export const useReferralStore = defineStore('referral', () => {
  const ubrn = ref<string | null>(null);
  const view = shallowRef<ReferralView | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isLoading = ref(false);
  let run = 0;
  let loading: Promise<void> = Promise.resolve();

  const patient = computed(() => view.value?.patient ?? null);
  /** True when PDS and e-RS name different NHS numbers: nothing may be committed. */
  const isMismatch = computed(
    () =>
      view.value?.patientProblem === 'different-number' ||
      (patient.value !== null && patient.value.nhsNumber !== view.value?.nhsNumber),
  );
  /** True for records that may be neither shown in full nor written to (hazard 15). */
  const isRestricted = computed(
    () => patient.value?.isSensitive === true || view.value?.patientProblem === 'restricted',
  );

  /**
   * Opens a referral, closing the one before. Typed or scanned UBRNs need the second identifier;
   * a referral that is open already stays as it is.
   */
  async function openReferral(next: string, secondIdentifier: string | null = null): Promise<boolean> {
    const isOpen = view.value?.ubrn === next && secondIdentifier === null;
    if (isOpen || (isLoading.value && ubrn.value === next && secondIdentifier === null)) {
      await loading;
      return view.value?.ubrn === next;
    }
    if (ubrn.value !== null && ubrn.value !== next) closeReferral();
    ubrn.value = next;
    return load(next, () => useBridge().requests['referral/open']({ ubrn: next, secondIdentifier }));
  }

  /** Reads the open referral again; the old content stays on show meanwhile. */
  async function rereadReferral(): Promise<boolean> {
    const open = ubrn.value;
    if (open === null) return false;
    const isOpened = view.value !== null;
    return load(open, () =>
      isOpened
        ? useBridge().requests['referral/reread']({ ubrn: open })
        : useBridge().requests['referral/open']({ ubrn: open, secondIdentifier: null }),
    );
  }

  async function load(asked: string, ask: () => Promise<Outcome<ReferralView>>): Promise<boolean> {
    const mine = ++run;
    isLoading.value = true;
    const answered = ask();
    loading = answered.then(() => undefined);
    const answer = await answered;
    if (mine !== run) return false;
    isLoading.value = false;
    problem.value = answer.ok ? null : answer.problem;
    if (!answer.ok) return false;
    // A reply for another referral than was asked for is never shown (hazard 1).
    if (answer.value.ubrn !== asked) {
      problem.value = { kind: 'bad-reply', code: 'other-referral', correlationId: '', facts: {} };
      return false;
    }
    noteMainInstant(answer.value.readAt);
    view.value = answer.value;
    return true;
  }

  /** Takes a view that was read already, after the second identifier was asked for. */
  function adoptView(given: ReferralView): void {
    if (ubrn.value !== null && ubrn.value !== given.ubrn) closeReferral();
    run++;
    ubrn.value = given.ubrn;
    view.value = given;
    problem.value = null;
    isLoading.value = false;
    noteMainInstant(given.readAt);
  }

  /** Closes the open referral, here and in main. */
  function closeReferral(): void {
    const open = ubrn.value;
    forget();
    if (open !== null) void useBridge().requests['referral/close']({ ubrn: open });
  }

  /** Resolves when the referral has been read, or could not be; true when it is there. */
  async function whenLoaded(): Promise<boolean> {
    while (isLoading.value) await loading;
    return view.value !== null;
  }

  function forget(): void {
    run++;
    ubrn.value = null;
    view.value = problem.value = null;
    isLoading.value = false;
  }

  return {
    ...{ ubrn, view, problem, isLoading, patient, isMismatch, isRestricted },
    ...{ openReferral, adoptView, rereadReferral, closeReferral, whenLoaded, forget },
  };
});
