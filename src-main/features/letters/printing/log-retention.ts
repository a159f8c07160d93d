/**
 * Lines of the print log go when their time is over, as those of the audit trail do (contract.md section 12). They are
 * no part of its chain: what the trail holds of a print stands by itself.
 */
import type { Clock, Log } from '../../../app/ports.ts';
import { parseInstant, toIso } from '../../../contract/london-time.ts';
import type { PrintLog } from './print-log.ts';
import { mayBeOnPaper, type PrintRecord } from './print-record.ts';

const DAY_MS = 24 * 3_600_000;
const FIRST_MS = 20 * 60_000;
const AGAIN_MS = 3_600_000;

interface Dependencies {
  readonly prints: Pick<PrintLog, 'removeOld'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptDays: () => number;
  /** False while e-RS has not shown this clock to be right: a wrong year would empty the log. */
  readonly isClockRight: () => boolean;
  /** The name of a fault, never its text. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * True while a letter may have to be called back, however old: it is not superseded, may lie on paper, and its
 * appointment is still to come (hazard 8).
 */
export function mayBeCalledBack(record: PrintRecord, nowMs: number): boolean {
  const { supersededAt, appointmentStart } = record;
  if (supersededAt !== null || appointmentStart === null || !mayBeOnPaper(record)) return false;
  const startMs = parseInstant(appointmentStart);
  return startMs === null || startMs > nowMs;
}

/** Removes old lines some time after the start and once a day, a step at a time; the returned function ends that. */
export function keepPrintLogTidy(deps: Dependencies): () => void {
  const { prints, clock, log } = deps;
  let cancel = clock.schedule(FIRST_MS, begin);

  function begin(): void {
    if (deps.isClockRight()) step(0, 0);
    else cancel = clock.schedule(AGAIN_MS, begin);
  }

  function step(behind: number, count: number): void {
    const nowMs = clock.nowMs();
    try {
      const { removed, next } = prints.removeOld(toIso(nowMs - deps.keptDays() * DAY_MS), behind, (record) =>
        mayBeCalledBack(record, nowMs),
      );
      const total = count + removed;
      if (next !== null) {
        cancel = clock.schedule(0, () => step(next, total));
        return;
      }
      if (total > 0) log.write('info', 'print-log-pruned', { count: total });
    } catch (error) {
      log.write('warn', 'print-log-not-pruned', { reason: deps.reasonOf(error) });
    }
    cancel = clock.schedule(DAY_MS, begin);
  }

  return () => cancel();
}
