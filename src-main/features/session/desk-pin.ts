/** The PIN that opens the lock of this desk without a call: one a person and machine, sealed on disk, never in a log. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { DeskPin, SessionState } from '../../contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { Clock } from '../../app/ports.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import type { Desk } from './session.ts';

export interface DeskPinFeature {
  readonly read: () => Outcome<DeskPin>;
  /** Problems: `pin-too-simple`, `pin-not-kept`. */
  readonly set: (input: { pin: string }) => Outcome<DeskPin>;
  readonly remove: () => Outcome<DeskPin>;
  /** Problems: `no-pin`, `pin-wrong` with the attempts left, `pin-too-soon`; after the fifth the session is ended. */
  readonly unlock: (input: { pin: string }) => Outcome<SessionState>;
  /** The session begins anew, or is another person's: so do the attempts. */
  readonly forget: () => void;
}

interface Dependencies {
  readonly clock: Clock;
  readonly kept: Pick<KeptRecords, 'load' | 'put' | 'remove' | 'flush' | 'isKept'>;
  /** False where writes are off: then nothing is kept. */
  readonly canKeep: () => boolean;
  readonly desk: () => Desk | null;
  readonly seated: () => Desk | null;
  readonly unlockHere: () => Outcome<SessionState>;
  readonly endBehindLock: (code: string) => void;
  readonly audit: (code: string) => void;
}

export const PIN_ATTEMPTS = 5;
/** The wait after the first wrong PIN; it doubles with each. */
const WAIT_MS = 1_000;
const NAME = 'desk-pin';

/** A guess costs a moment, not a second: the seal of the vault is what protects so short a secret on disk. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const HASH_BYTES = 32;

export function createDeskPin(deps: Dependencies): DeskPinFeature {
  let wrong = 0;
  let nextAtMs = -Infinity;

  /** The same PIN in every role. */
  const keeperOf = ({ userId }: Desk) => ({ userId, organisation: '', businessFunction: '', onBehalfOf: '' });
  const find = (desk: Desk) => deps.kept.load(keeperOf(desk), 'pin').values[0] ?? null;

  function statusOf(desk: Desk | null): DeskPin['status'] {
    if (desk === null || !deps.canKeep()) return 'unavailable';
    return find(desk) === null ? 'none' : 'set';
  }

  const view = (): Outcome<DeskPin> =>
    ok({ status: statusOf(deps.seated()), attemptsLeft: Math.max(0, PIN_ATTEMPTS - wrong) });

  function change(work: (desk: Desk) => void, code: string): Outcome<DeskPin> {
    const desk = deps.desk();
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (!deps.canKeep()) return fail('writes-off', 'pin-not-kept');
    work(desk);
    deps.kept.flush();
    if (!deps.kept.isKept()) return fail('writes-off', 'pin-not-kept');
    deps.audit(code);
    return view();
  }

  function refuse(): Outcome<SessionState> {
    wrong += 1;
    nextAtMs = deps.clock.monotonicMs() + WAIT_MS * 2 ** (wrong - 1);
    deps.audit('desk-pin-wrong');
    const attemptsLeft = PIN_ATTEMPTS - wrong;
    if (attemptsLeft <= 0) deps.endBehindLock('pin-attempts');
    return fail('forbidden', 'pin-wrong', { attemptsLeft });
  }

  return {
    read: view,
    set({ pin }) {
      if (isSimple(pin)) return fail('invalid-input', 'pin-too-simple');
      return change((desk) => deps.kept.put(keeperOf(desk), 'pin', NAME, hashOf(pin)), 'desk-pin-set');
    },
    remove: () => change((desk) => deps.kept.remove(keeperOf(desk), 'pin', NAME), 'desk-pin-removed'),
    unlock({ pin }) {
      const desk = deps.seated();
      if (desk === null) return fail('not-signed-in', 'sign-in-needed');
      if (deps.desk() !== null) return deps.unlockHere();
      const known = find(desk);
      if (known === null) return fail('forbidden', 'no-pin');
      const waitMs = nextAtMs - deps.clock.monotonicMs();
      if (waitMs > 0) return fail('forbidden', 'pin-too-soon', { waitMs: Math.ceil(waitMs) });
      if (!isPinOf(pin, known)) return refuse();
      wrong = 0;
      deps.audit('desk-unlocked-by-pin');
      return deps.unlockHere();
    },
    forget() {
      wrong = 0;
      nextAtMs = -Infinity;
    },
  };
}

/** One digit over and over, or digits in a row up or down: what is tried first. */
function isSimple(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}

function derive(pin: string, salt: Uint8Array): Buffer {
  return scryptSync(pin, salt, HASH_BYTES, SCRYPT);
}

/** Done at once and not beside other work: guesses cannot overtake their own counting. */
function hashOf(pin: string): { readonly salt: string; readonly hash: string } {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: derive(pin, salt).toString('base64') };
}

function isPinOf(pin: string, { salt, hash }: { readonly salt: string; readonly hash: string }): boolean {
  const known = Buffer.from(hash, 'base64');
  return known.length === HASH_BYTES && timingSafeEqual(known, derive(pin, Buffer.from(salt, 'base64')));
}
