import { onBeforeUnmount, ref, shallowRef } from 'vue';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { findAccessCode, type AccessCodePlace } from './access-code-finder.ts';
import { decodeBase64 } from '../../app/decode-base64.ts';
import { useLettersStore } from './letters.store.ts';
import type { OpenLetter } from './open-pdf.ts';

const UNMASK_MS = 10_000;
const NOT_READABLE: Problem = { kind: 'bad-reply', code: 'not-a-pdf', correlationId: '', facts: {} };

/** Opens the letter, or null when it cannot be read as a PDF; pdf.js is loaded with the first letter. */
async function openBytes(base64: string): Promise<OpenLetter | null> {
  try {
    const { openPdf } = await import('./open-pdf.ts');
    return await openPdf(decodeBase64(base64));
  } catch {
    return null;
  }
}

/** The letter on show: opened in memory, its access code covered, destroyed when the screen goes. */
export function useLetter() {
  const store = useLettersStore();
  const letter = shallowRef<OpenLetter | null>(null);
  const code = shallowRef<AccessCodePlace | null>(null);
  const isUnmasked = ref(false);
  const isOpening = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  let run = 0;

  function close(): void {
    run++;
    mask();
    const open = letter.value;
    letter.value = code.value = null;
    void open?.destroy();
  }

  function mask(): void {
    clearTimeout(timer);
    isUnmasked.value = false;
  }

  /** Fetches and opens the letter of a referral; what was on show is destroyed first. */
  async function show(ubrn: string): Promise<boolean> {
    close();
    const mine = run;
    const pdf = await store.fetchLetter(ubrn);
    if (pdf === null || mine !== run) return false;
    isOpening.value = true;
    const opened = await openBytes(pdf);
    isOpening.value = false;
    if (isGone || mine !== run) {
      await opened?.destroy();
      return false;
    }
    if (opened === null) {
      store.problem = NOT_READABLE;
      return false;
    }
    code.value = findAccessCode(opened.pages);
    letter.value = opened;
    return true;
  }

  /** Shows the access code for ten seconds, once that is recorded. */
  async function unmask(ubrn: string): Promise<boolean> {
    const mine = run;
    const isRecorded = await store.recordUnmask(ubrn);
    if (!isRecorded || mine !== run) return false;
    clearTimeout(timer);
    isUnmasked.value = true;
    timer = setTimeout(mask, UNMASK_MS);
    return true;
  }

  onBeforeUnmount(() => {
    isGone = true;
    close();
    store.clearFetch();
  });

  return { letter, code, isUnmasked, isOpening, show, unmask, mask };
}
