import type { AppSettings, CardEvent, CardReader, Clock } from '../../../app/ports.ts';
import type { Check, Finding } from '../finding.ts';

interface Parts {
  readonly settings: Pick<AppSettings, 'environment' | 'dialect'>;
  readonly cardReader: CardReader;
  readonly clock: Clock;
}

/** The process that looks at the readers may only just have started. */
const FIRST_WORD_MS = 3_000;

interface Seen {
  readonly isUp: boolean | null;
  readonly readers: readonly string[];
  readonly cards: number;
}

/** What a listener that comes late is told at once, and the little that follows where nothing was known yet. */
function look({ cardReader, clock }: Pick<Parts, 'cardReader' | 'clock'>): Promise<Seen> {
  return new Promise((resolve) => {
    let isUp: boolean | null = null;
    const readers = new Set<string>();
    const cards = new Set<string>();
    let stop: () => void = () => undefined;
    const finish = () => {
      stop();
      resolve({ isUp, readers: [...readers], cards: cards.size });
    };
    stop = cardReader.watch((event: CardEvent) => {
      if (event.kind === 'service') isUp = event.isUp;
      if (event.kind === 'reader-added') readers.add(event.reader);
      if (event.kind === 'reader-removed') readers.delete(event.reader);
      if (event.kind === 'card-inserted') cards.add(event.reader);
      if (event.kind === 'card-removed') cards.delete(event.reader);
    });
    clock.schedule(isUp === null ? FIRST_WORD_MS : 0, finish);
  });
}

function judge({ isUp, readers, cards }: Seen, isNeeded: boolean): Finding {
  const facts = {
    readers: readers.length,
    cards,
    ...(readers[0] === undefined ? {} : { first: readers[0] }),
  };
  // Without a smartcard one can still sign in by CIS2 in other ways.
  const missing = isNeeded ? 'fail' : 'warn';
  if (isUp === null) return { verdict: 'unknown', code: 'reader-service-silent', facts };
  if (!isUp) return { verdict: missing, code: 'reader-service-down', facts };
  if (readers.length === 0) return { verdict: missing, code: 'no-reader', facts };
  if (cards === 0) return { verdict: 'ok', code: 'reader-without-card', facts };
  return { verdict: 'ok', code: 'card-in-reader', facts };
}

/** Smartcard service, readers and cards, as PC/SC shows them; nothing is read from a card. */
export function checkReader({ settings, cardReader, clock }: Parts): Check {
  return {
    id: 'reader',
    patienceMs: 10_000,
    async run() {
      const { environment, dialect } = settings;
      if (environment === 'training' || environment === 'sandbox')
        return { verdict: 'ok', code: 'no-card-needed' };
      return judge(await look({ cardReader, clock }), dialect === 'spine-session');
    },
  };
}
