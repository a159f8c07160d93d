import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import type {
  AdviceAnswer,
  AdviceDraft,
  FoundAdviceService,
  FoundPatient,
  RequestReview,
} from '../../../src-main/contract/channels/advice.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import type { CommitResult } from '../booking/booking.store.ts';
import { noteMainInstant } from '../referral/main-clock.ts';

export type RequestFields = Pick<
  AdviceDraft,
  'specialty' | 'priority' | 'referrer' | 'text' | 'isConversionAuthorised'
>;

const NOTHING: RequestFields = {
  specialty: '',
  priority: 'ROUTINE',
  referrer: '',
  text: '',
  isConversionAuthorised: false,
};
const DRAFT = { ubrn: '', kind: 'request' } as const;

function resultOf(answer: Outcome<AdviceAnswer>): CommitResult {
  if (!answer.ok) return { kind: 'problem', problem: answer.problem };
  if (answer.value.kind === 'started') return { kind: 'started' };
  const { attemptsLeft } = answer.value;
  return attemptsLeft > 0 ? { kind: 'wrong-digits', attemptsLeft } : { kind: 'closed' };
}

/** A new request for advice in the making: patient, service, question. The patient's identifiers are never kept. */
export const useAdviceRequestStore = defineStore('advice-request', () => {
  const ask = useBridge().requests;
  const draft = reactive<RequestFields>({ ...NOTHING });
  const found = shallowRef<FoundPatient | null>(null);
  const specialties = shallowRef<readonly { code: string; display: string }[]>([]);
  const services = shallowRef<readonly FoundAdviceService[] | null>(null);
  const searchId = ref('');
  const serviceId = ref('');
  const review = shallowRef<RequestReview | null>(null);
  const item = shallowRef<OutboxItem | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  const isCommitting = ref(false);
  const isFilled = ref(false);
  /** The clerk has looked at what was asked already. */
  const isAnother = ref(false);
  let run = 0;

  useBridge().pushes['outbox/item-changed']((changed) => {
    noteMainInstant(changed.updatedAt);
    if (item.value?.intentId !== changed.intentId || item.value.updatedAt > changed.updatedAt) return;
    item.value = changed;
    if (changed.state === 'done') clearDraft();
  });

  const service = computed(() => services.value?.find((one) => one.serviceId === serviceId.value) ?? null);

  /** Runs one question to main at a time; null when it failed, or when the desk changed hands. */
  async function during<T>(work: () => Promise<Outcome<T>>): Promise<T | null> {
    const mine = ++run;
    isBusy.value = true;
    problem.value = null;
    const answer = await work();
    if (mine !== run) return null;
    isBusy.value = false;
    if (answer.ok) return answer.value;
    problem.value = answer.problem;
    return null;
  }

  async function begin(): Promise<void> {
    const [known, kept] = await Promise.all([
      ask['advice/read-specialties']({}),
      ask['advice/read-draft'](DRAFT),
    ]);
    if (known.ok) specialties.value = known.value.specialties;
    else problem.value = known.problem;
    const before = kept.ok ? kept.value.draft : null;
    if (before !== null && draft.text === '') {
      const { specialty, priority, referrer, text, isConversionAuthorised } = before;
      Object.assign(draft, { specialty, priority, referrer, text, isConversionAuthorised });
    }
    isFilled.value = true;
  }

  async function keepDraft(): Promise<void> {
    if (!isFilled.value) return;
    await ask['advice/save-draft']({ ...DRAFT, ...draft, outcome: '', recommendation: '', comment: '' });
  }

  async function findPatient(text: string, secondIdentifier: string): Promise<void> {
    dropSearch();
    found.value = null;
    found.value = await during(() => ask['advice/find-patient']({ text, secondIdentifier }));
  }

  async function search(): Promise<void> {
    dropSearch();
    const { specialty, referrer } = draft;
    const priority = draft.priority || 'ROUTINE';
    const answer = await during(() => ask['advice/search-services']({ specialty, priority, referrer }));
    if (answer === null) return;
    services.value = answer.services;
    searchId.value = answer.searchId;
    serviceId.value = answer.services[0]?.serviceId ?? '';
  }

  function dropSearch(): void {
    services.value = null;
    searchId.value = serviceId.value = '';
  }

  async function openReview(): Promise<void> {
    await closeReview();
    const { text: request, isConversionAuthorised } = draft;
    const asked = { searchId: searchId.value, serviceId: serviceId.value, request, isConversionAuthorised };
    item.value = null;
    isAnother.value = false;
    review.value = await during(() => ask['advice/review-request'](asked));
  }

  async function closeReview(): Promise<void> {
    const open = review.value;
    review.value = null;
    if (open !== null) await ask['advice/close-review']({ reviewId: open.reviewId });
  }

  async function commit(digits: string): Promise<CommitResult> {
    const open = review.value;
    if (open === null || isCommitting.value) return { kind: 'busy' };
    const mine = run;
    isCommitting.value = true;
    const answer = await ask['advice/commit-request']({
      ...{ reviewId: open.reviewId, digits },
      isAnother: isAnother.value,
    });
    isCommitting.value = false;
    if (mine !== run) return { kind: 'busy' };
    const result = resultOf(answer);
    if (['started', 'closed'].includes(result.kind)) review.value = null;
    if (answer.ok && answer.value.kind === 'started') item.value = answer.value.item;
    return result;
  }

  function clearDraft(): void {
    Object.assign(draft, NOTHING);
    found.value = null;
    dropSearch();
    void ask['advice/discard-draft'](DRAFT);
  }

  function forget(): void {
    run++;
    Object.assign(draft, NOTHING);
    found.value = review.value = item.value = problem.value = null;
    isBusy.value = isCommitting.value = isFilled.value = isAnother.value = false;
    dropSearch();
  }

  return {
    ...{ draft, found, specialties, services, serviceId, service, review, item, problem, isAnother },
    ...{
      isBusy,
      isCommitting,
      begin,
      keepDraft,
      findPatient,
      search,
      openReview,
      closeReview,
      commit,
      forget,
    },
  };
});
