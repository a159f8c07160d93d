/** Looks after the trail while the desk runs: its sealed end, the walks along it, and what is old enough to go. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toIso } from '../../contract/london-time.ts';
import type { Clock, Log, Secrets, Storage } from '../../app/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { AuditLog } from './audit-log.ts';
import { firstKeyed, judgeSeal, readFence, type Judgement } from './judge-seal.ts';
import { beginCheck, type BadRow } from './trail-check.ts';
import { trailEntry } from './trail-entry.ts';
import { isFrontRight, LEAST_DAYS, pruneRows } from './trail-retention.ts';
import { createChain, readEnd, type Chain } from './trail-rows.ts';
import { createTrailSeal, MOST_LOSSES, readSeal, type Loss, type ReadSeal } from './trail-seal.ts';

const DAY_MS = 24 * 3_600_000;
/** A start has better things to do. */
const FIRST_CHECK_MS = 20_000;
const FIRST_PRUNE_MS = 10 * 60_000;
/** The clock has to be known to be right before anything goes by it. */
const PRUNE_AGAIN_MS = 3_600_000;

/** How the trail stands. `not-checked`: no walk has come to its end yet, or it could not be walked. */
export interface TrailStatus {
  readonly state: 'not-checked' | 'checking' | 'sound' | 'broken';
  /** Rows that the last walk found to fit, and when it ended. */
  readonly rows: number;
  readonly checkedAt: string | null;
  /** The first bad row of the walk first, then what the seal showed. */
  readonly findings: readonly { readonly kind: BadRow['kind'] | Loss['kind']; readonly seq: number }[];
  /** False where the keyring did not give the sealed end: then nobody can say whether the last rows are there. */
  readonly isSealRead: boolean;
}

export interface TrailKeeper {
  /** From here on the trail may be written to: says what was found, seals, and plans its walks. */
  readonly begin: (how: KeptTrail) => void;
  readonly note: () => void;
  readonly status: () => TrailStatus;
  /** Walks the whole trail in slices between which everything else goes on. Never rejects. */
  readonly check: () => Promise<TrailStatus>;
  /** Seals the last row; before the storage is closed. */
  readonly stop: () => Promise<void>;
}

export interface KeptTrail {
  readonly audit: AuditLog;
  readonly host: string;
  readonly assertHeld: () => void;
  /** How long rows are kept; never less than three months. */
  readonly keptDays: () => number;
  /** True once e-RS has confirmed this machine's clock to the hour. */
  readonly isClockRight: () => boolean;
}

interface Parts {
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Pick<Vault, 'tag'>;
}

/** Reads the sealed end and compares; asked after the database steps and before the lease is taken. */
export async function openTrailKeeper(parts: Parts): Promise<TrailKeeper> {
  const chain = createChain(parts.vault);
  const seal = await readSeal(parts.secrets, chain);
  const found = judgeSeal(parts.storage, chain, seal, toIso(parts.clock.nowMs()));
  return createTrailKeeper(parts, chain, seal, found);
}

function createTrailKeeper(parts: Parts, chain: Chain, read: ReadSeal, found: Judgement): TrailKeeper {
  const { storage, secrets, clock, log } = parts;
  const before = read.kind === 'sealed' ? read.head : null;
  const { loss } = found;
  let { doubt } = found;
  let losses: readonly Loss[] = [...(before?.losses ?? []), ...(loss === null ? [] : [loss])];
  let keyedFrom = before?.keyedFrom ?? null;
  let kept: KeptTrail | null = null;
  let walked: { readonly firstBad: BadRow | null; readonly rows: number; readonly at: string } | null = null;
  let walking: Promise<TrailStatus> | null = null;
  let isStopped = false;
  let told = '';
  const cancels = new Set<() => void>();

  const seal = createTrailSeal({
    ...{ secrets, chain, clock, log },
    readHead() {
      const end = readEnd(storage);
      keyedFrom ??= firstKeyed(storage);
      if (end === null || keyedFrom === null || doubt !== null) return null;
      return { ...end, at: toIso(clock.nowMs()), fence: readFence(storage), keyedFrom, losses };
    },
  });

  function plan(delayMs: number, work: () => void): void {
    if (isStopped) return;
    const cancel = clock.schedule(delayMs, () => {
      cancels.delete(cancel);
      work();
    });
    cancels.add(cancel);
  }

  const keptMs = () => Math.max(kept?.keptDays() ?? LEAST_DAYS, LEAST_DAYS) * DAY_MS;

  function status(): TrailStatus {
    const bad = walked?.firstBad ?? null;
    const findings = [...(bad === null ? [] : [bad]), ...losses].map(({ kind, seq }) => ({ kind, seq }));
    const quiet = walked === null ? 'not-checked' : 'sound';
    const state = findings.length > 0 ? 'broken' : walking === null ? quiet : 'checking';
    const [rows, checkedAt] = [walked?.rows ?? 0, walked?.at ?? null];
    return { state, rows, checkedAt, findings, isSealRead: read.kind !== 'unavailable' };
  }

  /** In the log without anything of a patient, and in the trail itself; once for each finding of a run. */
  function tell({ kind, seq }: { readonly kind: string; readonly seq: number }): void {
    const finding = `${kind} ${seq}`;
    if (told === finding) return;
    told = finding;
    log.write('error', 'audit-trail-broken', { code: kind, reason: `row ${seq}` });
    note(`trail-broken-${kind}`, { firstBadRow: seq });
  }

  function note(outcome: string, facts: Readonly<Record<string, number>>): void {
    try {
      kept?.audit.append(trailEntry(kept.host, { outcome, facts }));
    } catch (error) {
      log.write('error', 'audit-not-written', { reason: codeOf(error) });
    }
  }

  async function walk(): Promise<TrailStatus> {
    await nextTurn();
    try {
      const opens = (row: Parameters<AuditLog['open']>[0]) => kept?.audit.open(row) != null;
      const check = beginCheck({ storage, chain, opens, keyedFrom });
      while (!isStopped && !check.step()) await nextTurn();
      if (!isStopped) conclude(check.result());
    } catch (error) {
      log.write('error', 'audit-not-checked', { reason: codeOf(error) });
    }
    walking = null;
    return status();
  }

  function conclude({ firstBad, rows }: { readonly firstBad: BadRow | null; readonly rows: number }): void {
    walked = { firstBad, rows, at: toIso(clock.nowMs()) };
    settleDoubt(firstBad);
    if (firstBad === null) log.write('info', 'audit-trail-checked', { count: rows });
    else tell(firstBad);
  }

  function settleDoubt(firstBad: BadRow | null): void {
    if (doubt === null) return;
    const isExplained = firstBad !== null && firstBad.seq <= doubt.seq;
    if (!isExplained) {
      losses = [...losses, doubt].slice(-MOST_LOSSES);
      tell(doubt);
    }
    doubt = null;
    seal.note();
  }

  const check = () => (walking ??= walk());

  /** Nothing goes from a trail that does not fit: it may be needed to see what happened. */
  async function prune(): Promise<void> {
    if (isStopped || kept === null) return;
    if (!kept.isClockRight()) return plan(PRUNE_AGAIN_MS, () => void prune());
    await check();
    const { assertHeld } = kept;
    const limit = toIso(clock.nowMs() - keptMs());
    let count = 0;
    try {
      if (walked?.firstBad === null && isFrontRight({ storage, chain })) {
        for (let gone = -1; gone !== 0 && !isStopped; count += gone) {
          gone = pruneRows({ storage, chain, assertHeld }, limit);
          await nextTurn();
        }
        losses = losses.filter(({ foundAt }) => foundAt >= limit);
      }
      if (count > 0) {
        log.write('info', 'audit-pruned', { count });
        note('trail-pruned', { rows: count });
      }
    } catch (error) {
      log.write('warn', 'audit-not-pruned', { reason: codeOf(error) });
    }
    plan(DAY_MS, () => void prune());
  }

  return {
    begin(how) {
      kept = how;
      losses = losses.slice(-MOST_LOSSES);
      if (loss !== null) tell(loss);
      void seal.flush();
      plan(FIRST_CHECK_MS, () => void check());
      plan(FIRST_PRUNE_MS, () => void prune());
    },
    note: seal.note,
    status,
    check,
    async stop() {
      isStopped = true;
      cancels.forEach((cancel) => cancel());
      seal.stop();
      await walking;
      await inTime(clock, seal.flush());
    },
  };
}

/** A keyring that hangs does not keep the app from closing: the next start finds rows ahead of the seal. */
function inTime(clock: Clock, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(2_000, () => resolve());
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}

/** The code of a fault of the disk, or the error's name; a message could quote what was being read. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
