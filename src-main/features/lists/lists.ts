/** The lists that the desk itself keeps: Watch, letters to print, recently used, due today (screens.md section 1). */
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import type { LocalList, LocalRow } from '../../contract/channels/lists.ts';
import type { OutboxItem } from '../../contract/channels/outbox.ts';
import type { WorklistRow } from '../../contract/channels/worklist.ts';
import { codedOf } from '../../contract/coded.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toIso } from '../../contract/london-time.ts';
import type { Log } from '../../app/ports.ts';
import type { KeptRecords } from '../kept-records/kept-records.ts';
import type { Intent } from '../outbox/record-schemas.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { createContactFollowUp, type ContactFollowUp } from './contact-follow-up.ts';
import type { ContactBy } from './contact-days.ts';
import { createDueList, type DueListPorts } from './due-list.ts';
import { holdLists, KEPT_LISTS, type HeldLists, type KeptListKind } from './held-lists.ts';
import { movesOf, priorityOf } from './list-moves.ts';
import { createSavedFilters, type SavedFilters } from './saved-filters.ts';

type Facts = Omit<LocalRow, 'reason' | 'addedAt'>;

export interface ListsFeature {
  readonly handlers: SavedFilters['handlers'] & {
    readonly 'lists/read': (input: RequestInput<'lists/read'>) => Outcome<LocalList>;
    readonly 'lists/set-watched': (
      input: RequestInput<'lists/set-watched'>,
    ) => Outcome<RequestOutput<'lists/set-watched'>>;
  };
  /** Hears what became of an item of the person at the desk; heard twice it changes nothing. */
  readonly followItem: (item: OutboxItem, intent: Intent) => void;
  /** A referral was opened: it was used last. */
  readonly noteOpened: (open: OpenReferral) => void;
  /** The letter is printed: it is not to be printed any more. */
  readonly letterPrinted: (ubrn: string) => void;
  /** Lists of e-RS or tasks have changed: other rows may be due. */
  readonly noteChanged: () => void;
  /** The contact-by date of a deferral or a triage that is done; null until it is known. */
  readonly contactByOf: (intentId: string) => string | null;
  /** True when the referral stood in a list shown in this sitting: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  /** A patient's referrals in the lists of this person; found like this they count as listed. */
  readonly ubrnsOf: (nhsNumber: string) => string[];
  /** What is known of a referral that was listed or opened in this sitting; null for any other (hazard 1). */
  readonly seen: (ubrn: string) => Facts | null;
  readonly forget: () => void;
}

interface Dependencies extends DueListPorts {
  readonly kept: KeptRecords;
  readonly log: Log;
  readonly desk: () => Desk | null;
  /** The open referral, and the row of a list of this sitting, or null: nothing else can be watched (hazard 1). */
  readonly opened: (ubrn: string) => OpenReferral | null;
  readonly rowOf: (ubrn: string) => WorklistRow | null;
  readonly readContactBy: (ubrn: string, action: 'defer' | 'send-for-triage') => Promise<ContactBy>;
  /** A contact-by date is known now. */
  readonly onContactBy: (intentId: string) => void;
}

export function createLists(deps: Dependencies): ListsFeature {
  const { kept, clock } = deps;
  const filters = createSavedFilters(deps);
  const listed = new Set<string>();
  let held: HeldLists | null = null;

  /** Null while nobody is at work. */
  function here(): HeldLists | null {
    const desk = deps.desk();
    if (desk === null) return null;
    const isSame = held?.desk.sitting === desk.sitting && held.desk.onBehalfOf === desk.onBehalfOf;
    if (isSame) return held;
    listed.clear();
    held = holdLists(desk, kept, deps);
    return held;
  }

  const due = createDueList(deps, here);
  const contacts: ContactFollowUp = createContactFollowUp({
    clock,
    here,
    readContactBy: deps.readContactBy,
    onKnown(at, intentId) {
      deps.onContactBy(intentId);
      tell(at, 'WATCH');
    },
  });

  function tell(at: HeldLists, list: KeptListKind): void {
    deps.onChanged({ list, rows: at.rows(list).length });
    if (list === 'WATCH') due.tell(at);
  }

  function leave(at: HeldLists, list: KeptListKind, ubrn: string, reasons: readonly string[] | null): void {
    const row = at.find(list, ubrn);
    if (row === null || (reasons !== null && !reasons.includes(row.reason))) return;
    at.remove(list, ubrn);
    tell(at, list);
  }

  function followItem(item: OutboxItem, intent: Intent): void {
    const [at, moves] = [here(), movesOf(item)];
    const { intentId, ubrn, nhsNumber, serviceName } = intent;
    if (at === null || moves === null) return;
    const { phase, joins, hasContactBy } = moves;
    if (at.followed(intentId, phase) !== null) return contacts.goOn(intent);
    at.markFollowed({ intentId, phase, contactBy: null, awaitsContactBy: hasContactBy });
    moves.leaves.forEach(({ list, reasons }) => leave(at, list, ubrn, reasons));
    const isThere = joins?.reason === 'letter-asked' && at.find(joins.list, ubrn) !== null;
    if (joins !== null && !isThere) {
      const row = { ubrn, nhsNumber, priority: priorityOf(intent), context: serviceName, due: null };
      at.put(joins.list, { ...row, reason: joins.reason, addedAt: toIso(clock.nowMs()) });
      tell(at, joins.list);
    }
    contacts.goOn(intent);
  }

  /** What is known of a referral that was listed or opened in this sitting; null for any other. */
  function seen(ubrn: string): Facts | null {
    const [row, open] = [deps.rowOf(ubrn), deps.opened(ubrn)];
    if (row !== null) {
      const { nhsNumber, priority, context, contactBy } = row;
      return { ubrn, nhsNumber, priority, context, due: contactBy };
    }
    if (open !== null) return factsOfOpen(open);
    const local = listed.has(ubrn) ? KEPT_LISTS.map((list) => here()?.find(list, ubrn) ?? null) : [];
    return local.find((kept) => kept !== null) ?? null;
  }

  function setWatched({ ubrns, isWatched }: RequestInput<'lists/set-watched'>) {
    const at = here();
    if (at === null) return fail('not-signed-in', 'not-signed-in');
    const known = ubrns.map((ubrn) => seen(ubrn));
    if (known.some((facts) => facts === null)) return fail('invalid-input', 'referral-not-listed');
    for (const facts of known) {
      if (facts === null) continue;
      const { ubrn, nhsNumber, priority, context, due: day } = facts;
      if (!isWatched) at.remove('WATCH', ubrn);
      else if (at.find('WATCH', ubrn) === null) {
        const row = { ubrn, nhsNumber, priority, context, due: day };
        at.put('WATCH', { ...row, reason: 'watched', addedAt: toIso(clock.nowMs()) });
      }
    }
    tell(at, 'WATCH');
    return ok({ watched: at.rows('WATCH').length });
  }

  return {
    handlers: {
      ...filters.handlers,
      'lists/read'({ list }) {
        const at = here();
        if (at === null) return fail('not-signed-in', 'not-signed-in');
        const rows = list === 'DUE_TODAY' ? due.rows(at) : [...at.rows(list)];
        rows.forEach(({ ubrn }) => listed.add(ubrn));
        const readAt = toIso(clock.nowMs());
        const [dropped, unreadable] = [at.dropped(list), at.unreadable(list)];
        return ok({ list, rows, readAt, isKept: kept.isKept(), dropped, unreadable });
      },
      'lists/set-watched': setWatched,
    },
    followItem,
    noteOpened(open) {
      const at = here();
      // What is restricted leaves no trace beyond the sitting (hazard 15).
      const isRestricted = open.patient?.isSensitive === true || open.view.patientProblem === 'restricted';
      if (at === null) return;
      if (isRestricted) return leave(at, 'RECENTLY_USED', open.referral.ubrn, null);
      at.put('RECENTLY_USED', { ...factsOfOpen(open), reason: 'opened', addedAt: toIso(clock.nowMs()) });
      tell(at, 'RECENTLY_USED');
    },
    letterPrinted(ubrn) {
      const at = here();
      if (at !== null) leave(at, 'LETTERS_TO_PRINT', ubrn, null);
    },
    noteChanged() {
      const at = here();
      if (at !== null) due.tell(at);
    },
    contactByOf: (intentId) => held?.followed(intentId, 'settled')?.contactBy ?? null,
    isListed: (ubrn) => listed.has(ubrn),
    ubrnsOf(nhsNumber) {
      const at = here();
      const rows = at === null ? [] : KEPT_LISTS.flatMap((list) => at.rows(list));
      const found = rows.filter((row) => row.nhsNumber === nhsNumber).map(({ ubrn }) => ubrn);
      found.forEach((ubrn) => listed.add(ubrn));
      return [...new Set(found)];
    },
    seen,
    forget() {
      due.forget();
      contacts.forget();
      filters.forget();
      held = null;
      listed.clear();
    },
  };
}

function factsOfOpen({ referral }: OpenReferral): Facts {
  const { ubrn, nhsNumber, priority, appointment, shortlist } = referral;
  const context = appointment?.serviceName || shortlist[0]?.name || '';
  return { ubrn, nhsNumber, priority: codedOf(priority), context: context.slice(0, 200), due: null };
}
