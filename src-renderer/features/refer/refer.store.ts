import { defineStore } from 'pinia';
import { reactive, ref, shallowRef } from 'vue';
import type { RequestOutput } from '../../../src-main/contract/channels.ts';
import type {
  ChosenService,
  FoundServiceView,
  PatientOfDraft,
  ReferForm,
} from '../../../src-main/contract/channels/refer.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { createCreation } from './refer-creation.ts';

export const MOST_SERVICES = 20;
const SAVE_AFTER_MS = 250;

type Read = RequestOutput<'refer/read-draft'>;
type Found = RequestOutput<'refer/search'>;
type Choices = RequestOutput<'refer/read-choices'>;
type Facts = Pick<Read, 'needsReferrer' | 'clinicians' | 'isKept'>;

const newForm = (): ReferForm => ({
  step: 'patient',
  referrer: '',
  search: {
    priority: 'ROUTINE',
    ...{ specialty: '', clinicType: '', clinicalTerm: '', namedClinician: '', organisation: '' },
    ...{ postcode: '', distanceLimit: '', waitLimit: '', isForAgeAndGender: true, sortBy: 'DISTANCE' },
  },
  shortlist: [],
  letterIntention: 'NEED_TO_ADD_LATER',
  reminderDays: '7',
});

/** The referral in the making: main holds the patient, the search and the sealed draft; this is what is on show. */
export const useReferStore = defineStore('refer', () => {
  const ask = useBridge().requests;
  const form = reactive<ReferForm>(newForm());
  const subject = shallowRef<PatientOfDraft | null>(null);
  const facts = shallowRef<Facts>({ needsReferrer: false, clinicians: [], isKept: true });
  const choices = shallowRef<Choices | null>(null);
  const found = shallowRef<Found | null>(null);
  const problem = shallowRef<Problem | null>(null);
  /** The problem that came of the last search: worded by what is asked, not by its code alone. */
  const searchProblem = shallowRef<Problem | null>(null);
  const isBusy = ref(false);
  let run = 0;
  let saving: ReturnType<typeof setTimeout> | null = null;

  /** Asks main; an answer for a screen that was left, or for another person, is not used. */
  async function request<T>(send: () => Promise<Outcome<T>>): Promise<T | null> {
    const mine = ++run;
    isBusy.value = true;
    problem.value = null;
    const answer = await send();
    if (mine !== run) return null;
    isBusy.value = false;
    if (answer.ok) return answer.value;
    problem.value = answer.problem;
    return null;
  }

  const creation = createCreation(request);

  /** The draft as main holds it; without one an empty form. */
  async function load(): Promise<void> {
    const read = await request(() => ask['refer/read-draft']({}));
    if (read === null) return;
    facts.value = read;
    subject.value = read.subject;
    Object.assign(form, read.form ?? newForm());
    if (read.subject === null || read.subject.blocked !== null) form.step = 'patient';
  }

  async function readChoices(): Promise<void> {
    if (choices.value !== null) return;
    choices.value = await request(() => ask['refer/read-choices']({}));
  }

  /** Writes the draft down a moment after the last key; nothing is kept for nobody. */
  function save(): void {
    if (saving !== null) clearTimeout(saving);
    if (subject.value === null || subject.value.blocked !== null) return;
    saving = setTimeout(() => void saveNow(), SAVE_AFTER_MS);
  }

  async function saveNow(): Promise<void> {
    if (saving !== null) clearTimeout(saving);
    saving = null;
    if (subject.value === null || subject.value.blocked !== null) return;
    const answer = await ask['refer/save-draft']({ form: plain(form) });
    if (answer.ok) facts.value = { ...facts.value, isKept: answer.value.isKept };
  }

  /** The problem when nobody is shown; null once the patient is on show. */
  async function findPatient(text: string, secondIdentifier: string | null): Promise<Problem | null> {
    const before = subject.value?.nhsNumber;
    const next = await request(() => ask['refer/find-patient']({ text, secondIdentifier }));
    if (next === null) {
      const why = problem.value;
      const isAsked = why?.kind === 'needs-second-identifier' || why?.kind === 'wrong-identifier';
      if (isAsked) problem.value = null;
      return why;
    }
    subject.value = next;
    if (next.nhsNumber !== before) startForm();
    return null;
  }

  /** Another patient: nothing of the last one goes into this referral. */
  function startForm(): void {
    Object.assign(form, newForm());
    found.value = null;
    creation.forgetCreation();
  }

  async function search(): Promise<boolean> {
    const answer = await request(() =>
      ask['refer/search']({ search: { ...form.search }, referrer: form.referrer.trim() }),
    );
    searchProblem.value = problem.value;
    if (answer === null) return false;
    found.value = answer;
    const ids = new Set(answer.services.map(({ serviceId }) => serviceId));
    form.shortlist = form.shortlist.filter(({ serviceId }) => ids.has(serviceId));
    return true;
  }

  /** Puts a service on the shortlist, or takes it off; what came of it in one word. */
  function toggle(service: FoundServiceView): 'added' | 'removed' | 'full' {
    const { serviceId, name, bookable } = service;
    if (form.shortlist.some((one) => one.serviceId === serviceId)) {
      form.shortlist = form.shortlist.filter((one) => one.serviceId !== serviceId);
      return 'removed';
    }
    if (form.shortlist.length >= MOST_SERVICES) return 'full';
    form.shortlist = [...form.shortlist, { serviceId, name: name.slice(0, 200), bookable }];
    return 'added';
  }

  function reorder(next: readonly ChosenService[]): void {
    form.shortlist = [...next];
  }

  async function openReview(reminderDays: number): Promise<void> {
    if (found.value !== null) await creation.openReview(found.value.searchId, form, reminderDays);
  }

  async function discard(): Promise<boolean> {
    const isGone = (await request(() => ask['refer/discard-draft']({}))) !== null;
    if (!isGone) return false;
    if (saving !== null) clearTimeout(saving);
    subject.value = null;
    startForm();
    return true;
  }

  /** What became of it was seen: the draft is on show again, or a new one begins. */
  function leaveResult(): void {
    const isDone = creation.item.value?.state === 'done';
    creation.item.value = null;
    if (!isDone) return;
    subject.value = null;
    startForm();
  }

  function forget(): void {
    run++;
    if (saving !== null) clearTimeout(saving);
    saving = null;
    subject.value = problem.value = searchProblem.value = choices.value = null;
    isBusy.value = false;
    startForm();
  }

  return {
    ...creation,
    ...{ form, subject, facts, choices, found, problem, searchProblem, isBusy },
    ...{ load, readChoices, save, saveNow, findPatient, search, toggle, reorder },
    ...{ openReview, discard, leaveResult, forget },
  };
});

/** A copy that crosses the bridge: no reactive object does. */
const plain = (form: ReferForm): ReferForm => ({
  ...form,
  search: { ...form.search },
  shortlist: form.shortlist.map((one) => ({ ...one })),
});
