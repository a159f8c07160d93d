/**
 * After a change of the record key: seals what the desk keeps anew, a few rows at a time while nobody asks for
 * anything, and then takes the old key out of the keyring.
 *
 * Two kinds of record are left as they are. What is remembered for offline reading lives for a day only. The audit
 * trail's chain covers the sealed bytes, so a row that were sealed anew would break it: its keys stay in the ring until
 * its rows have gone after their retention, and `dropKey` refuses a key that a record names. A key that nothing names
 * stays for 30 days more, because the nightly copies of the database still do.
 */
import type { Clock, Log } from '../../app/ports.ts';
import { resealRows, type ResealParts, type SealedTable } from './reseal-rows.ts';
import type { RotatingVault } from './vault.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A start has better things to do. */
const FIRST_LOOK_MS = 60_000;
const ROWS_A_STEP = 20;
const BETWEEN_STEPS_MS = 200;
const WHILE_BUSY_MS = 5_000;
export const OLD_KEY_KEPT_MS = 30 * DAY_MS;

export interface Resealing {
  /** The key was changed on demand: begins with the sealing soon. */
  readonly noteKeyChanged: () => void;
  readonly stop: () => void;
}

export interface ResealingParts extends ResealParts {
  readonly vault: RotatingVault;
  readonly tables: readonly SealedTable[];
  readonly clock: Clock;
  readonly log: Log;
  /** True while nobody waits for an answer. */
  readonly isIdle: () => boolean;
}

/** Looks once a day, from a minute after the start on. Nothing that goes wrong here disturbs the desk: the log says so. */
export function startResealing(parts: ResealingParts): Resealing {
  const { vault, tables, clock, log, isIdle } = parts;
  let cancel = () => {};
  let isStopped = false;

  function plan(delayMs: number, work: () => void | Promise<void>): void {
    cancel();
    if (isStopped) return;
    cancel = clock.schedule(delayMs, () => {
      void (async () => {
        try {
          await work();
        } catch (error) {
          log.write('warn', 'resealing-put-off', { reason: codeOf(error) });
          plan(DAY_MS, look);
        }
      })();
    });
  }

  async function look(): Promise<void> {
    const rotated = await vault.rotateWhenDue();
    if (rotated !== null) noteRotation(rotated);
    if (vault.oldKeys().length === 0) return plan(DAY_MS, look);
    plan(BETWEEN_STEPS_MS, () => walk(0, 0, 0));
  }

  function noteRotation(rotated: { readonly ok: boolean }): void {
    log.write(rotated.ok ? 'info' : 'warn', rotated.ok ? 'record-key-changed' : 'record-key-not-changed');
  }

  /** One small transaction, then the next; in the order of the tables. */
  function walk(table: number, after: number, resealed: number): void {
    const current = tables[table];
    if (current === undefined) {
      if (resealed > 0) log.write('info', 'records-resealed', { count: resealed });
      return plan(BETWEEN_STEPS_MS, dropOldKeys);
    }
    if (!isIdle()) return plan(WHILE_BUSY_MS, () => walk(table, after, resealed));
    const step = resealRows(parts, current, after, ROWS_A_STEP);
    const total = resealed + step.resealed;
    plan(BETWEEN_STEPS_MS, () =>
      step.next === null ? walk(table + 1, 0, total) : walk(table, step.next, total),
    );
  }

  async function dropOldKeys(): Promise<void> {
    for (const keyId of vault.oldKeys()) {
      const retiredAtMs = vault.retiredAtMs(keyId);
      if (retiredAtMs === null || clock.nowMs() - retiredAtMs < OLD_KEY_KEPT_MS) continue;
      const dropped = await vault.dropKey(keyId);
      if (dropped.ok) log.write('info', 'record-key-dropped');
      else if (dropped.problem.code !== 'key-in-use')
        log.write('warn', 'record-key-not-dropped', { code: dropped.problem.code });
    }
    plan(DAY_MS, look);
  }

  if (vault.startRotation !== null) noteRotation(vault.startRotation);
  plan(FIRST_LOOK_MS, look);
  return {
    noteKeyChanged: () => plan(BETWEEN_STEPS_MS, look),
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** The code of a fault of the disk, or the error's name; a message could quote what was being kept. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
