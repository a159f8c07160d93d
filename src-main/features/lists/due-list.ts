import type { LocalListKind, LocalRow } from '../../contract/channels/lists.ts';
import type { WorklistRow } from '../../contract/channels/worklist.ts';
import { addDays, fromLondon, londonDate, toIso } from '../../contract/london-time.ts';
import type { Clock } from '../../app/ports.ts';
import type { KeptTask } from '../kept-records/kept-records.ts';
import { listDue } from './due-today.ts';
import type { HeldLists } from './held-lists.ts';

export interface DueList {
  readonly rows: (at: HeldLists) => LocalRow[];
  /** Says so when other rows are due than were said last; looks again when the day ends. */
  readonly tell: (at: HeldLists) => void;
  readonly forget: () => void;
}

export interface DueListPorts {
  readonly clock: Clock;
  /** Rows of the lists of e-RS as they were read last in this sitting. */
  readonly rows: () => readonly WorklistRow[];
  readonly tasksDue: () => readonly KeptTask[];
  readonly onChanged: (change: { list: LocalListKind; rows: number }) => void;
}

/** What is due today: nothing of it is kept, it is worked out from what is there. */
export function createDueList(ports: DueListPorts, here: () => HeldLists | null): DueList {
  const { clock } = ports;
  let told = '';
  let cancelMidnight = () => {};

  const rows = (at: HeldLists): LocalRow[] =>
    listDue({
      today: londonDate(clock.nowMs()),
      now: toIso(clock.nowMs()),
      watch: at.rows('WATCH'),
      listed: ports.rows(),
      tasks: ports.tasksDue(),
    });

  function tell(at: HeldLists): void {
    const due = rows(at);
    const key = due.map(({ ubrn, reason, due: day }) => `${ubrn} ${reason} ${day ?? ''}`).join('\n');
    if (key !== told) ports.onChanged({ list: 'DUE_TODAY', rows: due.length });
    told = key;
    cancelMidnight();
    const nowMs = clock.nowMs();
    const midnight = fromLondon(addDays(londonDate(nowMs), 1), 0, 0);
    cancelMidnight = clock.schedule(Math.max(1000, Math.ceil(midnight - nowMs)), () => {
      const now = here();
      if (now !== null) tell(now);
    });
  }

  return {
    rows,
    tell,
    forget() {
      cancelMidnight();
      told = '';
    },
  };
}
