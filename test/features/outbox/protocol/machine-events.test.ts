/** Which event an intent hears in which state: every pair of the two (safety.md, "Protocol"). */
import { describe, expect, it } from 'vitest';
import {
  INTENT_STATES,
  type IntentState,
} from '../../../../src-main/features/outbox/protocol/intent-states.ts';
import {
  advance,
  type IntentEvent,
  type Standing,
} from '../../../../src-main/features/outbox/protocol/machine.ts';
import { at, present, told } from '../../../support/standings.ts';

/** Each state as the table meets it: what needs the clerk is over its age. */
const standingIn = (state: IntentState): Standing =>
  at(state, state === 'NEEDS_CLERK' ? { code: 'expired' } : {});

interface Row {
  readonly rule: string;
  readonly event: IntentEvent;
  /** What follows, by state; every other state does not hear it. */
  readonly heard: Partial<Readonly<Record<IntentState, string>>>;
}

/** By the kind of the event: the types see to it that none is forgotten. */
const ROWS: Readonly<Record<IntentEvent['kind'], Row>> = {
  turn: {
    rule: 'a turn begins the check of what waits, and the read-back of what is unknown',
    event: { kind: 'turn' },
    heard: {
      QUEUED: 'PREFLIGHT check',
      WAITING: 'PREFLIGHT check',
      HELD: 'PREFLIGHT check',
      UNKNOWN: 'RECONCILING read-back',
    },
  },
  'no-connection': {
    rule: 'without a connection only what has its turn before it begins to wait',
    event: { kind: 'no-connection' },
    heard: { QUEUED: 'WAITING no-connection none' },
  },
  checked: {
    rule: 'only what is being checked is sent',
    event: { kind: 'checked', finding: { kind: 'clear' } },
    heard: { PREFLIGHT: 'SENDING send' },
  },
  answered: {
    rule: 'only what was sent is answered, and a success is read back at once',
    event: { kind: 'answered', answer: { kind: 'accepted' } },
    heard: { SENDING: 'RECONCILING accepted read-back' },
  },
  'read-back': {
    rule: 'only what is being read back is judged by it',
    event: { kind: 'read-back', truth: { kind: 'ours', result: '7' } },
    heard: { RECONCILING: 'APPLIED none' },
  },
  confirm: {
    rule: 'the clerk can send what has not gone out, and nothing that may have taken effect',
    event: { kind: 'confirm' },
    heard: { QUEUED: 'QUEUED none', WAITING: 'QUEUED none', HELD: 'QUEUED none', NEEDS_CLERK: 'QUEUED none' },
  },
  withdraw: {
    rule: 'the clerk can take back what cannot take effect any more',
    event: { kind: 'withdraw', code: 'made-in-error' },
    heard: {
      QUEUED: 'ABANDONED made-in-error none',
      PREFLIGHT: 'ABANDONED made-in-error none',
      WAITING: 'ABANDONED made-in-error none',
      HELD: 'ABANDONED made-in-error none',
      NEEDS_CLERK: 'ABANDONED made-in-error none',
      QUARANTINED: 'ABANDONED made-in-error none',
    },
  },
  'read-now': {
    rule: 'the clerk can have an unknown outcome read back now',
    event: { kind: 'read-now' },
    heard: { UNKNOWN: 'RECONCILING read-back' },
  },
  'carried-out': {
    rule: 'a write is never carried out by a person',
    event: { kind: 'carried-out' },
    heard: {},
  },
  slept: {
    rule: 'sleep leaves every state as it is',
    event: { kind: 'slept' },
    heard: {
      QUEUED: 'QUEUED none',
      PREFLIGHT: 'PREFLIGHT none',
      SENDING: 'SENDING none',
      UNKNOWN: 'UNKNOWN none',
      RECONCILING: 'RECONCILING none',
      NEEDS_CLERK: 'NEEDS_CLERK expired none',
      WAITING: 'WAITING none',
      HELD: 'HELD none',
      QUARANTINED: 'QUARANTINED none',
    },
  },
  restart: {
    rule: 'a restart checks again what was being checked, and does not know what was sent',
    event: { kind: 'restart' },
    heard: {
      QUEUED: 'QUEUED none',
      PREFLIGHT: 'QUEUED none',
      SENDING: 'UNKNOWN interrupted none',
      UNKNOWN: 'UNKNOWN interrupted none',
      RECONCILING: 'UNKNOWN interrupted none',
      NEEDS_CLERK: 'NEEDS_CLERK expired none',
      WAITING: 'WAITING none',
      HELD: 'HELD none',
      QUARANTINED: 'QUARANTINED none',
    },
  },
};

const PAIRS = Object.values(ROWS).flatMap(({ rule, event, heard }) =>
  INTENT_STATES.map((state) => [state, event.kind, rule, event, heard[state] ?? 'not heard'] as const),
);

describe('what an intent hears', () => {
  it.each(PAIRS)('in %s of %s: %s', (state, _kind, _rule, event, expected) => {
    expect(told(standingIn(state), event)).toBe(expected);
  });
});

describe("the clerk's word", () => {
  it('ends by sleep, whatever the state', () => {
    for (const state of INTENT_STATES) {
      const next = advance(standingIn(state), { kind: 'slept' }, present)?.next;
      expect(next?.confirmedAtMs ?? null).toBeNull();
    }
  });

  it('ends by a restart, whatever the state', () => {
    for (const state of INTENT_STATES) {
      const next = advance(standingIn(state), { kind: 'restart' }, present)?.next;
      expect(next?.confirmedAtMs ?? null).toBeNull();
    }
  });
});
