/** The thread that reads letters: an entry of its own. It has no environment, and no way to the network. */
import { parentPort } from 'node:worker_threads';
import { readPdfText, type PdfText } from './pdf-text.ts';

export interface ReadingRequest {
  readonly id: number;
  readonly pdf: Uint8Array;
}

/** The first, with id 0, says that the thread has begun. */
export type ReadingAnswer = PdfText & { readonly id: number };

for (const name of ['fetch', 'WebSocket', 'EventSource'])
  Object.defineProperty(globalThis, name, { value: undefined });

parentPort?.on('message', ({ id, pdf }: ReadingRequest) => {
  void readPdfText(pdf).then((text) => parentPort?.postMessage({ ...text, id } satisfies ReadingAnswer));
});

parentPort?.postMessage({ kind: 'pages', pages: [], id: 0 } satisfies ReadingAnswer);
