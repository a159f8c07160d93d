import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Letter } from '../../../src-main/contract/channels/letters.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { onlyAtDesk } from '../../app/forget.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';

/** What is known of the letter on show; its bytes are handed on and never kept here (hazard 7). */
export type LetterFacts = Omit<Letter, 'pdf'>;

/** The letter of the open referral: fetched afresh each time, shown masked. */
export const useLettersStore = defineStore('letters', () => {
  const facts = shallowRef<LetterFacts | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isFetching = ref(false);
  /** Letters asked for while e-RS could not be reached, by referral. */
  // Replaced whole: of a reactive map every UBRN that was asked for would stay in memory after a lock (S37).
  const requests = shallowRef<ReadonlyMap<string, OutboxItem>>(new Map());
  const requestProblem = shallowRef<Problem | null>(null);
  const isRequesting = ref(false);
  let run = 0;
  /** Grows when the desk is left: an answer to somebody who has gone is not taken in. */
  let generation = 0;

  useBridge().pushes['outbox/item-changed'](onlyAtDesk(takeRequest));

  function takeRequest(item: OutboxItem): void {
    if (item.action !== 'letter' || item.ubrn === null) return;
    noteMainInstant(item.updatedAt);
    const known = requests.value.get(item.ubrn);
    if (known === undefined || known.updatedAt <= item.updatedAt)
      requests.value = new Map(requests.value).set(item.ubrn, item);
  }

  const requestOf = (ubrn: string): OutboxItem | null => requests.value.get(ubrn) ?? null;

  /** Queues a letter for when the connection is back; pressed twice it asks once. True when it is queued. */
  async function requestLetter(ubrn: string): Promise<boolean> {
    if (isRequesting.value) return false;
    const started = generation;
    isRequesting.value = true;
    requestProblem.value = null;
    const answer = await useBridge().requests['outbox/request-letter']({ ubrn });
    if (started !== generation) return answer.ok;
    isRequesting.value = false;
    if (answer.ok) takeRequest(answer.value);
    else requestProblem.value = answer.problem;
    return answer.ok;
  }

  /** A letter may be asked for at once: what an earlier fetch said is put away. */
  function clearFetch(): void {
    run++;
    facts.value = problem.value = null;
    isFetching.value = false;
  }

  /** Fetches the letter; answers its base64 text once, or null when there is none or another fetch came after. */
  async function fetchLetter(ubrn: string): Promise<string | null> {
    const mine = ++run;
    isFetching.value = true;
    problem.value = null;
    const answer = await useBridge().requests['letters/fetch']({ ubrn });
    if (mine !== run) return null;
    isFetching.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return null;
    }
    const { pdf, ...rest } = answer.value;
    noteMainInstant(rest.readAt);
    facts.value = rest;
    return pdf;
  }

  /** Records that the access code is about to be shown; false when it could not be recorded, then it stays hidden. */
  async function recordUnmask(ubrn: string): Promise<boolean> {
    const started = generation;
    const answer = await useBridge().requests['letters/record-unmask']({ ubrn });
    if (started !== generation) return false;
    if (!answer.ok) problem.value = answer.problem;
    return answer.ok;
  }

  /** The letter on show has been printed: printing it once more needs a reason. */
  function notePrinted(letterId: string, at: string): void {
    if (facts.value?.letterId === letterId) facts.value = { ...facts.value, printedAt: at };
  }

  function forget(): void {
    generation++;
    clearFetch();
    requests.value = new Map();
    requestProblem.value = null;
    isRequesting.value = false;
  }

  return {
    ...{ facts, problem, isFetching, requestProblem, isRequesting },
    ...{ fetchLetter, recordUnmask, requestOf, requestLetter, clearFetch, notePrinted, forget },
  };
});
