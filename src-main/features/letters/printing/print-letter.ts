/**
 * Prints one letter: read again and on disk before the first byte goes to the printer. Nothing is sent to a printer
 * twice by itself.
 */
import { randomUUID } from 'node:crypto';
import { fail, ok, type Outcome } from '../../../contract/outcome.ts';
import { toIso } from '../../../contract/london-time.ts';
import type { Clock, LetterPrinter } from '../../../app/ports.ts';
import type { CallOptions, ErsClient } from '../../../ers/client.ts';
import type { Referral } from '../../../ers/model.ts';
import { a005RetrieveReferral } from '../../../ers/operations/a005-retrieve-referral.ts';
import { toOutcome } from '../../../ers/problem-of.ts';
import type { Desk } from '../../session/session.ts';
import { withinTime } from './follow-job.ts';
import type { LivePrints } from './live-prints.ts';
import type { PrintLog } from './print-log.ts';
import type { HeldLetter } from '../held-letters.ts';
import { standOf, type PrintRecord } from './print-record.ts';
import {
  objectToLetter,
  printedBefore,
  reasonText,
  type ClerkWord,
  type PrintedState,
} from './print-rules.ts';

/** A printer that has not answered by then may print all the same. */
const MOST_FOR_TAKING_MS = 90_000;
export interface PrintOrder {
  readonly letter: HeldLetter;
  readonly printer: string;
  readonly copies: number;
  readonly isLarge: boolean;
  readonly word: ClerkWord;
  readonly batchId: string | null;
  readonly urgency: NonNullable<CallOptions['urgency']>;
  /** Asked again right before the letter goes to the printer: false, and it does not. */
  readonly mayGoOn: () => boolean;
  /** It is on disk that it goes to the printer. */
  readonly onSent?: (record: PrintRecord) => void;
}

/** Answers when the printer has taken the letter or has not; the record says which. A problem: nothing was sent. */
export type PrintLetter = (desk: Desk, order: PrintOrder) => Promise<Outcome<PrintRecord>>;

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly printer: LetterPrinter;
  readonly desk: () => Desk | null;
  readonly userName: () => string;
  readonly isUnsettled: (ubrn: string) => boolean;
  readonly printLog: () => PrintLog | null;
  readonly writesOffReason: () => string;
  readonly prints: LivePrints;
  /** A referral was read just now, whatever comes of it. */
  readonly onRead: (referral: Referral) => void;
  readonly reasonOf: (error: unknown) => string;
}

type Refusal = ReturnType<typeof fail>;

export function createPrintLetter(deps: Dependencies): PrintLetter {
  const { clock, printer, prints } = deps;
  const underWay = new Set<string>();

  /** What stands against it now; asked before e-RS was, and after. */
  function objectTo(desk: Desk, { letter, word }: PrintOrder, state: PrintedState): Refusal | null {
    if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
    if (deps.printLog() === null) return fail('writes-off', deps.writesOffReason());
    if (deps.isUnsettled(letter.ubrn)) return fail('rejected', 'booking-not-settled');
    const code = objectToLetter(letter, word);
    if (code !== null) return fail('rejected', code);
    const isAgain = printedBefore(prints.ofReferral(letter.ubrn), state) !== null;
    return isAgain && word.reason === null ? fail('rejected', 'reprint-reason-missing') : null;
  }

  /** The referral as it is right before: the letter is of this version, or is not printed (hazard 8). */
  async function readAgain({ letter, urgency }: PrintOrder): Promise<Outcome<Referral>> {
    const read = toOutcome(
      await deps.client().call(a005RetrieveReferral, { ubrn: letter.ubrn }, { urgency }),
    );
    if (!read.ok) return read;
    deps.onRead(read.value);
    return String(read.value.version) === letter.version ? read : fail('conflict', 'letter-superseded');
  }

  function recordOf(desk: Desk, order: PrintOrder, referral: Referral): PrintRecord {
    const { letter, word, copies, isLarge, batchId } = order;
    const { userId, organisation, businessFunction, onBehalfOf } = desk;
    const { ubrn, nhsNumber, version, appointment } = referral;
    return {
      ...{ userId, organisation, businessFunction, onBehalfOf, userName: deps.userName() },
      ...{ ubrn, nhsNumber, version, batchId, copies, isLarge, pages: letter.pages, printer: order.printer },
      printId: randomUUID(),
      stand: standOf(referral),
      hash: letter.hash,
      appointmentStart: appointment?.start ?? null,
      reason: reasonText(word),
      isReadByClerk: word.isReadByClerk,
      isPhoned: word.isPhoned,
      ...{ state: 'sending', code: '', jobId: '', at: toIso(clock.nowMs()) },
      ...{ sheetsReported: null, sheetsCounted: null, supersededAt: null },
    };
  }

  /** The letter goes to the printer; it is on disk that it does. */
  async function send({ printId }: PrintRecord, order: PrintOrder): Promise<PrintRecord> {
    const { letter, printer: name, copies, isLarge } = order;
    const title = `Letter ${printId.slice(0, 8)}`;
    const request = { printer: name, title, pdf: letter.bytes, copies, isLarge };
    const taken = await withinTime(clock, MOST_FOR_TAKING_MS, printer.print(request));
    return prints.hearTaken(printId, taken);
  }

  async function printOne(desk: Desk, order: PrintOrder): Promise<Outcome<PrintRecord>> {
    const early = objectTo(desk, order, { version: Number(order.letter.version), stand: null });
    if (early !== null) return early;
    const read = await readAgain(order);
    if (!read.ok) return read;
    const record = recordOf(desk, order, read.value);
    const late = objectTo(desk, order, record);
    if (late !== null) return late;
    if (!order.mayGoOn()) return fail('rejected', 'not-wanted-any-more');
    try {
      deps.printLog()?.add(record);
    } catch (error) {
      return fail('writes-off', `not-saved-${deps.reasonOf(error)}`);
    }
    order.onSent?.(record);
    prints.begin(record);
    return ok(await send(record, order));
  }

  return async (desk, order) => {
    const { ubrn } = order.letter;
    if (underWay.has(ubrn)) return fail('rejected', 'print-under-way');
    underWay.add(ubrn);
    try {
      return await printOne(desk, order);
    } finally {
      underWay.delete(ubrn);
    }
  };
}
