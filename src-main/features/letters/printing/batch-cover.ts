/** The cover sheet of a batch goes to the printer first, and to its end, as every letter does. */
import { toIso } from '../../../contract/london-time.ts';
import type { Clock, LetterPrinter, PrintReport } from '../../../app/ports.ts';
import type { Batch } from './batch-state.ts';
import type { CoverSheet } from './cover-sheet.ts';
import { followJob, withinTime } from './follow-job.ts';
import { isEnded } from './print-record.ts';

const MOST_FOR_TAKING_MS = 90_000;

export interface CoverPorts {
  readonly clock: Clock;
  readonly printer: LetterPrinter;
  readonly makeCoverSheet: (cover: CoverSheet) => Promise<Uint8Array>;
  /** On every sheet outside live work. */
  readonly environment: string;
  /** Fills in the initials that are not known yet. */
  readonly nameItems: (batch: Batch) => Promise<void>;
}

export interface CoverSteps {
  /** Asked right before it goes to the printer. */
  readonly mayGoOn: () => boolean;
  readonly pause: (code: string) => void;
}

/** Prints it; where nobody knows what came of it, it is not printed again. */
export async function printCover(
  ports: CoverPorts,
  batch: Batch,
  { mayGoOn, pause }: CoverSteps,
): Promise<void> {
  const { clock, printer, environment } = ports;
  await ports.nameItems(batch);
  const { printer: name, userName, items: letters, isLarge } = batch;
  const at = toIso(clock.nowMs());
  const pdf = await ports.makeCoverSheet({ at, userName, printer: name, letters, environment });
  if (!mayGoOn()) return;
  const request = { printer: name, title: 'Cover sheet', pdf, copies: 1, isLarge };
  const taken = await withinTime(clock, MOST_FOR_TAKING_MS, printer.print(request));
  if (taken?.ok === false && taken.problem.code !== 'print-not-answered') return pause(taken.problem.code);
  const end = taken?.ok === true ? await endOf(ports, name, taken.value.jobId, pause) : null;
  // Certain that nothing came out: it is printed again when the clerk goes on.
  const isNothing = (end?.state === 'failed' || end?.state === 'cancelled') && end.sheets === 0;
  if (isNothing) return pause(end.reasons[0] ?? 'print-failed');
  batch.cover = end?.state === 'printed' ? 'printed' : 'unknown';
  if (batch.cover === 'unknown') pause('cover-unknown');
}

/** The end of its job; null when nobody knows. */
function endOf(
  ports: CoverPorts,
  printerName: string,
  jobId: string,
  pause: CoverSteps['pause'],
): Promise<PrintReport | null> {
  return new Promise((resolve) => {
    followJob(ports, { printerName, jobId }, (news) => {
      if (news.kind === 'lost') return resolve(null);
      const { state, reasons } = news.report;
      if (state === 'held-up') pause(reasons[0] ?? 'other');
      if (isEnded({ state })) resolve(news.report);
    });
  });
}
