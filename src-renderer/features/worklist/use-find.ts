import { nextTick, ref } from 'vue';
import { countOf } from '../../app/format.ts';
import { announce } from '../../app/status-line.ts';
import { hasWords, wordsOf } from './filter-rows.ts';
import { useWorklistStore } from './worklist.store.ts';

/** Find in view (Ctrl+F, F3, Shift+F3): goes from row to row that has the words; no row is hidden. */
export function useFind(focus: { readonly box: () => void; readonly list: () => void }) {
  const store = useWorklistStore();
  const text = ref('');
  const isOpen = ref(false);
  /** The words last looked for: new ones may stand in the very row that is selected. */
  let lastText = '';

  async function open(): Promise<void> {
    isOpen.value = true;
    await nextTick();
    focus.box();
  }

  async function close(): Promise<void> {
    isOpen.value = false;
    await nextTick();
    focus.list();
  }

  /** Selects the next or the previous row that has the words, beginning anew at the end of the list. */
  function step(by: 1 | -1): void {
    const words = wordsOf(text.value);
    if (words.length === 0) return void open();
    const places = store.rows.flatMap((row, index) => (hasWords(row, words, store.names) ? [index] : []));
    const at = store.selectedIndex;
    const from = text.value === lastText ? at : at - by;
    lastText = text.value;
    const later = by === 1 ? places.find((place) => place > from) : places.findLast((place) => place < from);
    const next = later ?? (by === 1 ? places[0] : places.at(-1));
    if (next === undefined) return announce(`Find: no row in view has these words.`, 'refused');
    store.selectIndex(next);
    const round = later === undefined ? (by === 1 ? ', from the top' : ', from the end') : '';
    announce(`Found: ${places.indexOf(next) + 1} of ${countOf(places.length, 'row')}${round}.`);
  }

  function reset(): void {
    text.value = '';
    lastText = '';
    isOpen.value = false;
  }

  return { text, isOpen, open, close, step, reset };
}
