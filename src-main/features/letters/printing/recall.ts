/** Letters that were printed before the referral changed are called back, once each (hazard 8). */
import type { OutboxItem } from '../../../contract/channels/outbox.ts';
import { formatStaffDateTime, toIso } from '../../../contract/london-time.ts';
import type { Outcome } from '../../../contract/outcome.ts';
import type { Clock } from '../../../app/ports.ts';
import type { Referral } from '../../../ers/model.ts';
import type { Intent } from '../../outbox/record-schemas.ts';
import type { NewTask } from '../../tasks/tasks.ts';
import { mayBeOnPaper, standOf, type PrintRecord } from './print-record.ts';

/** Writes after which the letters of before tell the patient something that is not so. */
const CHANGES_LETTER: readonly Intent['action'][] = [
  'book',
  'defer',
  'cancel-later',
  'cancel-appointment',
  'cancel-referral',
  'change-shortlist',
  'send-for-triage',
  'reject-referral',
];

export interface Recall {
  /** Hears what became of an item of the person at the desk; heard twice it changes nothing. */
  readonly hearItem: (item: OutboxItem, intent: Intent) => void;
  /** A referral was read from e-RS just now. */
  readonly noteRead: (referral: Referral) => void;
}

interface Dependencies {
  readonly clock: Clock;
  readonly ofReferral: (ubrn: string) => readonly PrintRecord[];
  /** Writes it down; null where the disk does not take it. */
  readonly amend: (record: PrintRecord, outcome: string) => PrintRecord | null;
  readonly addTask: (task: NewTask) => Outcome<unknown>;
}

export function createRecall({ clock, ofReferral, amend, addTask }: Dependencies): Recall {
  /** One task for all prints of before: the newest of them says when and where. */
  function callBack(ubrn: string, isOld: (record: PrintRecord) => boolean): void {
    const old = ofReferral(ubrn).filter((record) => record.supersededAt === null && isOld(record));
    const [newest] = old.filter(mayBeOnPaper);
    if (newest !== undefined) {
      const { nhsNumber, printId } = newest;
      const task = { kind: 'recall-letter', ubrn, nhsNumber, note: noteOf(newest), dueAt: null } as const;
      // Nobody is there to whom the task could be given: it is heard of again when they are.
      if (!addTask({ ...task, source: printId }).ok) return;
    }
    const supersededAt = toIso(clock.nowMs());
    old.forEach((record) => amend({ ...record, supersededAt }, 'superseded'));
  }

  return {
    hearItem(item, intent) {
      if (item.state !== 'done' || !CHANGES_LETTER.includes(intent.action)) return;
      // A letter of a later version than the one that was changed is of what the change made.
      callBack(intent.ubrn, ({ version }) => version <= intent.pinnedVersion);
    },
    noteRead(referral) {
      const stand = standOf(referral);
      callBack(referral.ubrn, (record) => record.version < referral.version && record.stand !== stand);
    },
  };
}

/** What the letter says and where it is, as staff read it. */
function noteOf({ appointmentStart, at, printer }: PrintRecord): string {
  const of = appointmentStart === null ? '' : `For ${formatStaffDateTime(appointmentStart)}. `;
  return `${of}Printed ${formatStaffDateTime(at)}, ${printer}`;
}
