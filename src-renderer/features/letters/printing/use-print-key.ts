import { onBeforeUnmount } from 'vue';
import { showPanel } from '../../../app/panels.ts';
import { announce } from '../../../app/status-line.ts';
import type { LetterFacts } from '../letters.store.ts';
import { verdictRefusal } from '../verdict-words.ts';
import { usePrintStore } from './print.store.ts';

/** Ctrl+P on the letter screen: the panel opens at once, or when the letter that is being fetched is there. */
export function usePrintKey(shown: () => LetterFacts | null) {
  const store = usePrintStore();
  let isWanted = false;

  function mayPrint(isComing: boolean): true | string {
    const facts = shown();
    if (facts !== null) return verdictRefusal(facts.verdict) ?? true;
    return isComing || 'no letter is on show. F9 fetches it.';
  }

  function open(facts: LetterFacts): void {
    store.lookAt(facts.ubrn);
    showPanel('print');
  }

  function print(): void {
    const facts = shown();
    if (facts !== null) return open(facts);
    isWanted = true;
    announce('Print: the panel opens when the letter is here.');
  }

  /** The letter has come: a Ctrl+P that was pressed before it is carried out, or refused with its reason. */
  function follow(): void {
    const facts = shown();
    if (!isWanted || facts === null) return;
    isWanted = false;
    const refusal = verdictRefusal(facts.verdict);
    if (refusal === null) open(facts);
    else announce(`Print: ${refusal}`, 'refused');
  }

  function drop(): void {
    isWanted = false;
  }

  onBeforeUnmount(drop);

  return { mayPrint, print, follow, drop };
}
