/** The printers that this machine knows, and the one that this desk prints letters on, whoever sits at it. */
import type { RequestOutput } from '../../../contract/channels.ts';
import { fail, ok, type Outcome } from '../../../contract/outcome.ts';
import type { LetterPrinter, Log, Storage } from '../../../app/ports.ts';
import type { Desk } from '../../session/session.ts';

const MOST_PRINTERS = 200;
const CHOSEN = 'letter-printer';

export interface Printers {
  readonly handlers: {
    readonly 'letters/read-printers': () => Promise<Outcome<RequestOutput<'letters/read-printers'>>>;
    readonly 'letters/choose-printer': (input: { name: string }) => Promise<Outcome<Record<string, never>>>;
  };
}

interface Dependencies {
  readonly printer: LetterPrinter;
  readonly storage: Storage;
  readonly log: Log;
  readonly desk: () => Desk | null;
  /** False where nothing can be written: then the choice holds until the app ends. */
  readonly canWrite: () => boolean;
  readonly reasonOf: (error: unknown) => string;
}

export function createPrinters({ printer, storage, log, desk, canWrite, reasonOf }: Dependencies): Printers {
  let chosen: string | null = null;

  function readChosen(): string {
    if (chosen !== null || !canWrite()) return chosen ?? '';
    try {
      const [row] = storage.all('SELECT value FROM desk_choice WHERE name = ?', CHOSEN);
      chosen = row === undefined ? '' : String(row['value']);
    } catch (error) {
      log.write('warn', 'desk-choice-not-read', { reason: reasonOf(error) });
    }
    return chosen ?? '';
  }

  /** The choice holds in memory also where the disk does not take it. */
  function keepChosen(name: string): void {
    chosen = name;
    if (!canWrite()) return;
    try {
      storage.run(
        'INSERT INTO desk_choice VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        CHOSEN,
        name,
      );
    } catch (error) {
      log.write('warn', 'desk-choice-not-kept', { reason: reasonOf(error) });
    }
  }

  return {
    handlers: {
      async 'letters/read-printers'() {
        if (desk() === null) return fail('not-signed-in', 'not-signed-in');
        const listed = await printer.list();
        if (!listed.ok) return listed;
        const mine = readChosen();
        const printers = listed.value.slice(0, MOST_PRINTERS).map((info) => ({
          ...info,
          reasons: info.reasons.slice(0, 20),
          isChosen: info.name === mine,
        }));
        return ok({ printers });
      },
      async 'letters/choose-printer'({ name }) {
        if (desk() === null) return fail('not-signed-in', 'not-signed-in');
        const listed = await printer.list();
        if (!listed.ok) return listed;
        if (!listed.value.some((info) => info.name === name)) return fail('not-found', 'printer-gone');
        keepChosen(name);
        return ok({});
      },
    },
  };
}
