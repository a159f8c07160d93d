import type { CallOptions, ErsClient } from '../../../ers/client.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Answer } from '../protocol/answer.ts';
import type { Finding, Truth } from '../protocol/findings.ts';
import type { IntentOutcome } from '../intent-store.ts';
import type { Intent } from '../record-schemas.ts';
import type { Evidence } from './evidence.ts';

/** What the protocol needs of an action: its check, its one write, its read-back. None of them throws. */
export interface ActionDriver<I extends Intent> {
  /** Step 2: is everything as the clerk saw it? Reads only. */
  check(run: ActionRun<I>): Promise<Finding>;
  /** Step 3: the write, sent once, under the pin of the intent. */
  send(run: ActionRun<I>, correlationId: string): Promise<Answer>;
  /** Step 5: what became of it. Reads only. */
  readBack(run: ActionRun<I>): Promise<Truth>;
}

export interface ActionRun<I extends Intent> {
  readonly intent: I;
  /** Which of the slots that the patient named is being tried. */
  readonly choice: number;
  readonly client: ErsClient;
  readonly clock: Clock;
  readonly evidence: Evidence;
  readonly urgency: NonNullable<CallOptions['urgency']>;
  /** What became of an intent of this outbox, this one or another; null when it is gone. */
  readonly outcomeOf: (intentId: string) => IntentOutcome | null;
  /** What an upload sends, base64; null when it does not open. */
  readonly fileOf: (intentId: string) => string | null;
  /** False once the session is another's: reading stops there. */
  readonly mayGoOn: () => boolean;
}

/** What ends a check or a read-back whose person has gone: their next sitting takes it up. */
export const PERSON_LEFT = { kind: 'held', code: 'person-left' } as const;
