/** Reads the text of letters in a thread of its own, which is ended when it hangs, grows too large or is not used. */
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Log, PdfPageText, PdfReader } from '../../app/ports.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { ReadingAnswer, ReadingRequest } from './pdf-reader-worker.ts';

export interface PdfReaderOptions {
  readonly log: Log;
  /** For one document. */
  readonly deadlineMs?: number;
  /** The thread is ended when it was not used for so long: it holds some 60 MB. */
  readonly idleMs?: number;
  /** Growth of the process that no letter explains: a bomb of packed data. */
  readonly maxGrowthBytes?: number;
  readonly entry?: URL;
}

type Pages = Outcome<readonly PdfPageText[]>;

const LIMITS: ResourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const WATCH_MS = 200;
const START_MS = 30_000;

/** Beside this module among the sources; beside the entry of main once built. */
function findEntry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('pdf-reader-worker.ts', here);
  return new URL(here.includes('/assets/') ? '../pdf-reader-worker.js' : 'pdf-reader-worker.js', here);
}

/** A thread that reads one document after another, until it fails once. */
interface Thread {
  /** Settles within the deadline; after a fault of the thread itself `isSpent` is true. */
  readonly read: (pdf: Uint8Array) => Promise<Pages>;
  readonly isSpent: () => boolean;
  readonly end: (code: string) => Promise<void>;
}

function beginThread(options: PdfReaderOptions): Thread {
  const { log, deadlineMs = 15_000, maxGrowthBytes = 400 * 1024 * 1024 } = options;
  const worker = new Worker(options.entry ?? findEntry(), {
    ...{ env: {}, execArgv: [], stdout: true, stderr: true },
    resourceLimits: LIMITS,
  });
  let settle: ((answer: Pages) => void) | null = null;
  let lastId = 0;
  let isReady = false;
  let isSpent = false;
  let begun: () => void = () => undefined;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const start = setTimeout(() => void end('pdf-not-readable'), START_MS);

  /** Ends the thread and what it was reading. */
  async function end(code: string): Promise<void> {
    if (isSpent) return;
    isSpent = true;
    clearTimeout(start);
    begun();
    if (settle !== null) log.write('warn', 'pdf-reading-ended', { code: isReady ? code : 'no-thread' });
    // A thread that never began says nothing about the letter.
    settle?.(isReady ? fail('bad-reply', code) : fail('unavailable', 'pdf-reader-unavailable'));
    await worker.terminate();
  }

  worker.unref();
  worker.on('message', (answer: ReadingAnswer) => {
    isReady = true;
    clearTimeout(start);
    begun();
    if (answer.id === 0 || answer.id !== lastId) return;
    settle?.(answer.kind === 'pages' ? ok(answer.pages) : fail('bad-reply', answer.code));
  });
  // A thread that is being ended may still say something: with no listener that would bring main down.
  worker.on('error', () => void end('pdf-not-readable'));
  worker.on('exit', () => void end('pdf-not-readable'));

  async function read(pdf: Uint8Array): Promise<Pages> {
    const answer = new Promise<Pages>((resolve) => (settle = resolve));
    await beginning;
    const timers = isSpent ? [] : watch();
    lastId += 1;
    // A copy: these very bytes are printed later, and what is handed over is gone here.
    const copy = Uint8Array.from(pdf);
    if (!isSpent) worker.postMessage({ id: lastId, pdf: copy } satisfies ReadingRequest, [copy.buffer]);
    try {
      return await answer;
    } finally {
      settle = null;
      timers.forEach(clearTimeout);
    }
  }

  /** While a document is read: its time, and the memory it takes. */
  function watch(): NodeJS.Timeout[] {
    const atStart = process.memoryUsage.rss();
    const grown = setInterval(() => {
      if (process.memoryUsage.rss() - atStart > maxGrowthBytes) void end('pdf-not-readable');
    }, WATCH_MS);
    return [setTimeout(() => void end('pdf-too-slow'), deadlineMs), grown];
  }

  return { read, isSpent: () => isSpent, end };
}

/** A reader over one thread at a time, which begins with the first document; documents wait for each other. */
export function createPdfReader(options: PdfReaderOptions): PdfReader {
  const { idleMs = 60_000 } = options;
  const closed = fail('unavailable', 'pdf-reader-unavailable');
  let thread: Thread | null = null;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;
  let turn: Promise<unknown> = Promise.resolve();

  async function endThread(): Promise<void> {
    clearTimeout(idle);
    const ended = thread;
    thread = null;
    await ended?.end('pdf-not-readable');
  }

  async function read(pdf: Uint8Array): Promise<Pages> {
    if (isClosed) return closed;
    clearTimeout(idle);
    if (thread === null || thread.isSpent()) thread = beginThread(options);
    const answer = await thread.read(pdf);
    if (isClosed) return closed;
    idle = setTimeout(() => void endThread(), idleMs).unref();
    return answer;
  }

  return {
    readText(pdf) {
      const answer = turn.then(() => read(pdf));
      turn = answer;
      return answer;
    },
    async close() {
      isClosed = true;
      await endThread();
    },
  };
}
