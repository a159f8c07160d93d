import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AttachmentFile } from '../../../src-main/contract/channels/attachments.ts';
import type { Outcome, Problem } from '../../../src-main/contract/outcome.ts';
import { useBridge } from '../../bridge/bridge.ts';
import { noteMainInstant } from '../referral/main-clock.ts';

/** What is known of the file on show; its bytes are handed on and never kept here. */
export type FileFacts = Omit<AttachmentFile, 'content'>;

/** What is opened: the clinical information, or a file by its place in the referral's list. */
export type FilePlace = 'clinical' | number;

/** The file of the open referral that is on show: read afresh each time. */
export const useAttachmentsStore = defineStore('attachments', () => {
  const facts = shallowRef<FileFacts | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const isReading = ref(false);
  const isSaving = ref(false);
  /** Where the list of the referral stood, by referral, so that Esc comes back to it. */
  const lastPlace = shallowRef<{ readonly ubrn: string; readonly at: number } | null>(null);
  let run = 0;

  const ask = (ubrn: string, place: FilePlace): Promise<Outcome<AttachmentFile>> =>
    place === 'clinical'
      ? useBridge().requests['attachments/read-clinical-information']({ ubrn })
      : useBridge().requests['attachments/read']({ ubrn, index: place });

  /** Reads a file; answers its base64 content once, or null when there is none or another reading came after. */
  async function readFile(ubrn: string, place: FilePlace): Promise<string | null> {
    clearFile();
    const mine = run;
    isReading.value = true;
    const answer = await ask(ubrn, place);
    if (mine !== run) return null;
    isReading.value = false;
    if (!answer.ok) {
      problem.value = answer.problem;
      return null;
    }
    const { content, ...rest } = answer.value;
    noteMainInstant(rest.fetchedAt);
    facts.value = rest;
    return content;
  }

  /** Saves a file where the clerk chooses. Null when it could not be saved; then `problem` says why. */
  async function saveFile(ubrn: string, index: number): Promise<{ isSaved: boolean } | null> {
    if (isSaving.value) return null;
    isSaving.value = true;
    problem.value = null;
    const mine = run;
    const answer = await useBridge().requests['attachments/save']({ ubrn, index });
    isSaving.value = false;
    if (mine !== run) return null;
    if (answer.ok) return answer.value;
    problem.value = answer.problem;
    return null;
  }

  function clearFile(): void {
    run++;
    facts.value = problem.value = null;
    isReading.value = false;
  }

  function forget(): void {
    clearFile();
    lastPlace.value = null;
    isSaving.value = false;
  }

  return {
    ...{ facts, problem, isReading, isSaving, lastPlace },
    ...{ readFile, saveFile, clearFile, forget },
  };
});
