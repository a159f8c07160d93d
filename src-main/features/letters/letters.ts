import type { Letter } from '../../contract/channels/letters.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { OpenReferral } from '../referral/referral.ts';
import { createLetterFetcher, type FetchingDesk, type FetchUrgency } from './fetch-letter.ts';
import { createHeldLetters, type HeldLetter, type HeldLetters } from './held-letters.ts';

export interface LettersFeature {
  /** For the open referral: what the clerk sees of the letter. */
  readonly fetch: (input: { ubrn: string }) => Promise<Outcome<Letter>>;
  /**
   * Reads the referral, fetches its letter, checks and holds it, whether the referral is open or not (for a batch).
   * Problems: those of A005 and A019; `forbidden` with `role-cannot-read-letters`; `rejected` with
   * `booking-not-settled` or a code of `canReadLetter`; `bad-reply` with a code `letter-…`.
   */
  readonly fetchChecked: (ubrn: Ubrn, urgency: FetchUrgency) => Promise<Outcome<HeldLetter>>;
  readonly held: HeldLetters['held'];
  readonly release: HeldLetters['release'];
  readonly recordUnmask: (input: { ubrn: string }) => Outcome<Record<string, never>>;
  readonly forget: () => void;
}

interface Dependencies extends FetchingDesk {
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly auditUnmask: (ubrn: string) => void;
}

/** Fetches and checks the patient's letter afresh each time, and holds the last few while their person is here. */
export function createLetters(deps: Dependencies): LettersFeature {
  const letters = createHeldLetters();
  const fetchLetter = createLetterFetcher(deps);

  async function fetchChecked(ubrn: Ubrn, urgency: FetchUrgency): Promise<Outcome<HeldLetter>> {
    const fetched = await fetchLetter(ubrn, urgency);
    if (fetched.ok) letters.hold(fetched.value);
    return fetched;
  }

  return {
    async fetch({ ubrn }) {
      if (deps.desk() === null) return fail('not-signed-in', 'not-signed-in');
      const open = deps.opened(ubrn);
      if (open === null) return fail('invalid-input', 'referral-not-open');
      if (open.view.canReadLetter !== null) return fail('rejected', open.view.canReadLetter);
      const fetched = await fetchChecked(open.referral.ubrn, 'clerk');
      if (!fetched.ok) return fetched;
      return ok(viewLetter(fetched.value));
    },
    fetchChecked,
    held: letters.held,
    release: letters.release,
    recordUnmask({ ubrn }) {
      if (deps.opened(ubrn) === null) return fail('invalid-input', 'referral-not-open');
      deps.auditUnmask(ubrn);
      return ok({});
    },
    forget: letters.forget,
  };
}

function viewLetter(letter: HeldLetter): Letter {
  const { letterId, ubrn, bytes, pages, kind, readAt, verdict, checks, printedAt, needsPhone } = letter;
  return {
    ...{ letterId, ubrn, pages, kind, readAt, verdict, printedAt, needsPhone },
    pdf: Buffer.from(bytes).toString('base64'),
    bytes: bytes.length,
    checks: [...checks],
  };
}
