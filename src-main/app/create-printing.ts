/** Printing at the desk: the print log on disk, the printer, and what follows from a letter that is printed. */
import type { Outcome } from '../contract/outcome.ts';
import type { Ubrn } from '../contract/identifiers.ts';
import type { ErsClient } from '../ers/client.ts';
import type { Referral } from '../ers/model.ts';
import type { LettersFeature } from '../features/letters/letters.ts';
import { keepPrintLogTidy } from '../features/letters/printing/log-retention.ts';
import { makeCoverSheet } from '../features/letters/printing/cover-sheet.ts';
import { createPrintLog, type PrintLog } from '../features/letters/printing/print-log.ts';
import { createPrinting, type PrintingFeature } from '../features/letters/printing/printing.ts';
import { reasonOf } from '../features/outbox/reason-of.ts';
import type { Desk } from '../features/session/session.ts';
import { keptDaysOf } from './create-audit.ts';
import type { Keeping } from './create-keeping.ts';
import type { Reads } from './create-reads.ts';
import type { OpenRecords } from './open-records.ts';
import type { Ports } from './ports.ts';
import type { Pushes } from './pushes.ts';

export interface PrintingDesk extends Omit<PrintingFeature, 'begin'> {
  readonly begin: (records: OpenRecords) => void;
}

interface Parts {
  readonly ports: Ports;
  readonly client: () => ErsClient;
  readonly desk: () => Desk | null;
  readonly userName: () => string;
  readonly reads: Pick<Reads, 'patient'>;
  readonly letters: () => Pick<LettersFeature, 'fetchChecked' | 'held' | 'release'>;
  readonly keeping: () => Pick<Keeping, 'seen' | 'addTask' | 'letterPrinted'>;
  readonly records: () => OpenRecords | null;
  readonly writesOffReason: () => string;
  /** True when e-RS has shown this clock to be right enough to let old records go. */
  readonly isClockRight: () => boolean;
  readonly audit: (ubrn: string, code: string) => void;
  readonly push: Pushes['push'];
}

export function createPrintingDesk(parts: Parts): PrintingDesk {
  const { ports, letters, keeping, records } = parts;
  const { settings, clock, log, storage } = ports;
  let printLog: PrintLog | null = null;
  let stopTidying = () => {};

  const printing = createPrinting({
    ...ports,
    ...parts,
    makeCoverSheet,
    reasonOf,
    // On every sheet outside live work.
    environment: settings.environment === 'live' ? '' : settings.environment.toUpperCase(),
    printLog: () => printLog,
    fetchChecked: (ubrn: Ubrn) => letters().fetchChecked(ubrn, 'refresh'),
    held: (letterId) => letters().held(letterId),
    release: (letterId) => letters().release(letterId),
    isUnsettled: (ubrn) => records()?.outbox.isUnsettled(ubrn) ?? false,
    listed: (ubrn) => keeping().seen(ubrn),
    readNames: (nhsNumbers) => readNames(parts.reads, nhsNumbers),
    addTask: (task) => keeping().addTask(task),
    onPrinted(ubrn) {
      records()?.outbox.letterPrinted(ubrn);
      keeping().letterPrinted(ubrn);
    },
    pushJob: (job) => parts.push('letters/print-changed', job),
    pushBatch: (batch) => parts.push('letters/batch-changed', batch),
  });

  /** Behind the answer that it follows from: a fault there is on record and stops nothing. */
  function behind(work: () => void): void {
    clock.schedule(0, () => {
      try {
        work();
      } catch (error) {
        log.write('error', 'print-follow-up-failed', { reason: reasonOf(error) });
      }
    });
  }

  return {
    ...printing,
    catchUp: () => behind(printing.catchUp),
    noteRead: (referral: Referral) => behind(() => printing.noteRead(referral)),
    begin({ vault, lease, audit }) {
      const [host, service] = [new URL(settings.baseUrl).host, settings.baseUrl];
      printLog = createPrintLog({ storage, vault, lease, audit, host, service });
      stopTidying = keepPrintLogTidy({
        ...{ prints: printLog, clock, log, reasonOf, isClockRight: parts.isClockRight },
        keptDays: keptDaysOf(ports.deskSettings),
      });
      behind(printing.begin);
    },
    stop() {
      stopTidying();
      printing.stop();
    },
  };
}

type Names = ReadonlyMap<string, { readonly given: string; readonly family: string } | null>;

/** Names as the directory gives them; those that it does not give are missing. */
async function readNames({ patient }: Pick<Reads, 'patient'>, nhsNumbers: readonly string[]): Promise<Names> {
  const read: Outcome<{
    names: readonly { nhsNumber: string; name: { given: string; family: string } | null }[];
  }> = await patient.readNames({ nhsNumbers: [...nhsNumbers] });
  return new Map(read.ok ? read.value.names.map(({ nhsNumber, name }) => [nhsNumber, name]) : []);
}
