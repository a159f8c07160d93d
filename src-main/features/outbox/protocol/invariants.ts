/** The invariants of safety.md that code can assert at the moment of acting. They stay on in production. */
import type { Command, Standing } from './machine.ts';
import { BUSY_STATES, isTerminal } from './intent-states.ts';

export type InvariantId = 'I1' | 'I2' | 'I3' | 'I6' | 'I7' | 'I8' | 'I11' | 'I12';

/** A rule of the protocol was about to be broken; nothing was sent. */
export class InvariantBroken extends Error {
  readonly code: InvariantId;
  constructor(code: InvariantId, what: string) {
    super(`${code}: ${what}`);
    this.code = code;
  }
}

/** Throws `InvariantBroken` unless `holds`. */
export function assertInvariant(holds: boolean, id: InvariantId, what: string): asserts holds {
  if (!holds) throw new InvariantBroken(id, what);
}

export interface StepFacts {
  readonly before: Standing;
  readonly next: Standing;
  readonly command: Command;
  /** No earlier intent of its referral is to be waited for. */
  readonly isHeadOfLine: boolean;
  /** Intents of the same referral, this one aside, that are between check and a settled end. */
  readonly otherBusy: number;
  readonly mayAct: boolean;
}

/** What must hold of every step before it is recorded. */
export function assertStep({ before, next, command, isHeadOfLine, otherBusy, mayAct }: StepFacts): void {
  assertInvariant(!isTerminal(before.state), 'I1', 'a settled intent was changed');
  const isSending = command === 'send';
  assertInvariant(isSending === (next.state === 'SENDING'), 'I6', 'a send without its record');
  assertInvariant(!isSending || before.state === 'PREFLIGHT', 'I3', 'a send without a check right before it');
  assertInvariant(next.attempt === before.attempt + (isSending ? 1 : 0), 'I2', 'a send that is not counted');
  assertInvariant(!isSending || mayAct, 'I7', 'a send for a person who is not there');
  // Reading back overtakes nobody; only a turn does.
  assertInvariant(command !== 'check' || isHeadOfLine, 'I8', 'an intent overtook an earlier one');
  const isBusy = BUSY_STATES.includes(next.state);
  assertInvariant(!isBusy || otherBusy === 0, 'I8', 'two intents of a referral under way');
}
