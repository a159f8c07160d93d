import { ref } from 'vue';

const PAGES_AT_ONCE = 4;

/**
 * Reads pages in batches, one batch at a time: whoever needs more pages meanwhile waits for that batch and then
 * looks again. `runOf` counts the searches; a batch of an older search is not waited for.
 */
export function createPageReader(runOf: () => number, readBatch: (size: number) => Promise<boolean>) {
  const isReading = ref(false);
  let inFlight: { readonly run: number; readonly batch: Promise<boolean> } | null = null;

  function nextBatch(size: number): Promise<boolean> {
    if (inFlight?.run === runOf()) return inFlight.batch;
    const mine = { run: runOf(), batch: readBatch(size) };
    inFlight = mine;
    isReading.value = true;
    void mine.batch.then(() => {
      if (inFlight !== mine) return;
      inFlight = null;
      isReading.value = false;
    });
    return mine.batch;
  }

  /** Reads further pages while `isNeeded` says so; stops at the last page, at a problem and at a new search. */
  async function readWhile(isNeeded: () => boolean, pagesAtOnce = 1): Promise<void> {
    let goesOn = true;
    while (goesOn && isNeeded()) goesOn = await nextBatch(pagesAtOnce);
  }

  /** One further page, when there is one. */
  function readNextPage(): Promise<void> {
    let isFirst = true;
    return readWhile(() => isFirst && !(isFirst = false));
  }

  const readAll = (): Promise<void> => readWhile(() => true, PAGES_AT_ONCE);

  return { isReading, readWhile, readNextPage, readAll };
}
