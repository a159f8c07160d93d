/** The print log as the desk shows and saves it: of its own organisation, and looking at it is on record. */
import type { RequestInput, RequestOutput } from '../../../contract/channels.ts';
import { londonDate } from '../../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../../contract/outcome.ts';
import type { Clock, Files } from '../../../app/ports.ts';
import type { Desk } from '../../session/session.ts';
import { printLogCsv } from './log-csv.ts';
import type { PrintLog } from './print-log.ts';
import { logRowOf, type PrintRecord } from './print-record.ts';

const MOST_SHOWN = 500;
const MOST_SAVED = 20_000;

export interface LogDesk {
  readonly handlers: {
    readonly 'letters/read-print-log': (
      input: RequestInput<'letters/read-print-log'>,
    ) => Outcome<RequestOutput<'letters/read-print-log'>>;
    readonly 'letters/export-print-log': () => Promise<Outcome<RequestOutput<'letters/export-print-log'>>>;
  };
}

interface Dependencies {
  readonly clock: Clock;
  readonly files: Files;
  readonly desk: () => Desk | null;
  readonly prints: () => PrintLog | null;
  /** The print as it stands now: one that is under way has gone on since it was written down. */
  readonly standing: (record: PrintRecord) => PrintRecord;
  readonly writesOffReason: () => string;
  readonly audit: (ubrn: string, code: string) => void;
}

export function createLogDesk(deps: Dependencies): LogDesk {
  const readable = (desk: Desk, prints: PrintLog, ubrn: string | null) =>
    ubrn === null
      ? prints.ofOrganisation(desk.organisation, MOST_SHOWN)
      : prints.ofReferral(ubrn).filter(({ organisation }) => organisation === desk.organisation);

  return {
    handlers: {
      'letters/read-print-log'({ ubrn }) {
        const [desk, prints] = [deps.desk(), deps.prints()];
        if (desk === null) return fail('not-signed-in', 'not-signed-in');
        if (prints === null) return fail('writes-off', deps.writesOffReason());
        const records = readable(desk, prints, ubrn).slice(0, MOST_SHOWN).map(deps.standing);
        deps.audit(ubrn ?? '', `print-log-read-${records.length}`);
        return ok({ rows: records.map(logRowOf) });
      },
      async 'letters/export-print-log'() {
        const [desk, prints] = [deps.desk(), deps.prints()];
        if (desk === null) return fail('not-signed-in', 'not-signed-in');
        if (prints === null) return fail('writes-off', deps.writesOffReason());
        const records = prints.ofOrganisation(desk.organisation, MOST_SAVED).map(deps.standing);
        const saved = await deps.files.saveFile({
          suggestedName: `print-log-${londonDate(deps.clock.nowMs())}.csv`,
          what: 'print-log',
          bytes: Buffer.from(printLogCsv(records), 'utf8'),
          isWanted: () => deps.desk()?.sitting === desk.sitting,
        });
        if (saved.ok && saved.value.isSaved) deps.audit('', `print-log-exported-${records.length}`);
        return saved;
      },
    },
  };
}
