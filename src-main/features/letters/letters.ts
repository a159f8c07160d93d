import type { Letter } from '../../contract/channels/letters.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import type { Clock } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a019GeneratePatientLetter } from '../../ers/operations/a019-generate-patient-letter.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';

export interface LettersFeature {
  readonly fetch: (input: { ubrn: string }) => Promise<Outcome<Letter>>;
  readonly recordUnmask: (input: { ubrn: string }) => Outcome<Record<string, never>>;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
  /** True while a booking of this referral is not settled: no letter for it (invariant I11). */
  readonly isUnsettled: (ubrn: string) => boolean;
  readonly auditUnmask: (ubrn: string) => void;
  /** A letter is on its way to the screen: a request that waited for it is done. */
  readonly onFetched: (ubrn: string) => void;
}

/** Fetches the patient's letter afresh each time; it lives in memory only (contract.md A019). */
export function createLetters(deps: Dependencies): LettersFeature {
  return {
    async fetch({ ubrn }) {
      const desk = deps.desk();
      if (desk === null) return fail('not-signed-in', 'not-signed-in');
      const open = deps.opened(ubrn);
      if (open === null) return fail('invalid-input', 'referral-not-open');
      if (open.view.canReadLetter !== null) return fail('rejected', open.view.canReadLetter);
      if (deps.isUnsettled(ubrn)) return fail('rejected', 'booking-not-settled');
      const answer = toOutcome(
        await deps.client().call(a019GeneratePatientLetter, { ubrn: ubrn as Ubrn }, { urgency: 'clerk' }),
      );
      if (!answer.ok) return answer;
      if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
      // A booking that began meanwhile makes this letter one of a state that is going (I11, hazard 8).
      if (deps.isUnsettled(ubrn)) return fail('rejected', 'booking-not-settled');
      const { pdf, fileName } = answer.value;
      const kind = /^\d+_([A-Za-z_]+)_\d{14}\.pdf$/.exec(fileName)?.[1] ?? '';
      const readAt = toIso(deps.clock.nowMs());
      deps.onFetched(ubrn);
      return ok({
        ubrn,
        pdf: Buffer.from(pdf).toString('base64'),
        bytes: pdf.length,
        pages: countPages(pdf),
        kind,
        readAt,
      });
    },
    recordUnmask({ ubrn }) {
      if (deps.opened(ubrn) === null) return fail('invalid-input', 'referral-not-open');
      deps.auditUnmask(ubrn);
      return ok({});
    },
  };
}

/** Pages as the PDF's page tree states them; 0 when the tree is compressed and cannot be seen here. */
function countPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf).toString('latin1');
  return Math.max(0, ...[...text.matchAll(/\/Count\s+(\d{1,4})/g)].map((match) => Number(match[1])));
}
