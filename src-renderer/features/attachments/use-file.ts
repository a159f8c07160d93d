import { onBeforeUnmount, ref, shallowRef } from 'vue';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { useAttachmentsStore, type FilePlace } from './attachments.store.ts';
import { closeFile, openFile, type OpenFile } from './open-file.ts';

const NOT_READABLE: Problem = { kind: 'bad-reply', code: 'file-not-readable', correlationId: '', facts: {} };

/** The file on show: read and opened in memory, let go of when the screen goes. */
export function useFile() {
  const store = useAttachmentsStore();
  const file = shallowRef<OpenFile | null>(null);
  const isOpening = ref(false);
  let run = 0;

  function close(): void {
    run++;
    isOpening.value = false;
    const open = file.value;
    file.value = null;
    void closeFile(open);
  }

  /** Reads and opens a file; what was on show is let go of first. False when it is not on show. */
  async function show(ubrn: string, place: FilePlace): Promise<boolean> {
    close();
    const mine = run;
    const content = await store.readFile(ubrn, place);
    const { facts } = store;
    if (content === null || facts === null || mine !== run) return false;
    isOpening.value = true;
    const opened = await openFile(facts, content);
    if (mine !== run) {
      await closeFile(opened);
      return false;
    }
    isOpening.value = false;
    if (opened === null) store.problem = NOT_READABLE;
    file.value = opened;
    return opened !== null;
  }

  onBeforeUnmount(() => {
    close();
    store.clearFile();
  });

  return { file, isOpening, show, close };
}
