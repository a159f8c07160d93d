import { Type, type Static } from 'typebox';
import { coded, count, day, instant, nhsNumber, oneOf, orNull, strict, text, ubrn, uuid } from '../schema.ts';
import { WORKLIST_KINDS } from './worklist.ts';

/** Lists that the desk itself keeps, sealed, for one person in one role. */
export const LOCAL_LISTS = ['WATCH', 'LETTERS_TO_PRINT', 'RECENTLY_USED', 'DUE_TODAY'] as const;

const localRow = strict({
  ubrn,
  nhsNumber: orNull(nhsNumber),
  priority: orNull(coded),
  /**
   * Why it is on the list. Watch: `deferred`, `sent-for-triage`, `watched` (by hand). Letters to print: `booked`,
   * `letter-asked`. Recently used: `opened`. Due today: `contact-by`, `letter-due`, or a task's kind.
   */
  reason: text(60),
  context: text(200),
  /** The contact-by date, or the day on which it is due. */
  due: orNull(day),
  addedAt: instant,
});

const localList = strict({
  list: oneOf(LOCAL_LISTS),
  rows: Type.Array(localRow, { maxItems: 1000 }),
  readAt: instant,
  /** False where writes are off: the list lives for this sitting only. */
  isKept: Type.Boolean(),
  /** Oldest entries that had to go in this sitting because the list was full. */
  dropped: count,
  /** Records on this desk that do not open any more, and are therefore not shown. */
  unreadable: count,
});

/** A filter of a list that the clerk has named. Text of columns by their ids; no patient data in the name. */
const savedFilter = strict({
  filterId: uuid,
  list: oneOf(WORKLIST_KINDS),
  name: text(40),
  columns: Type.Array(strict({ column: text(30), text: text(80) }), { maxItems: 12 }),
});

export const requests = {
  'lists/read': { input: strict({ list: oneOf(LOCAL_LISTS) }), output: localList },
  /** Puts referrals that were listed or opened in this session on Watch, or takes them off. */
  'lists/set-watched': {
    input: strict({ ubrns: Type.Array(ubrn, { minItems: 1, maxItems: 200 }), isWatched: Type.Boolean() }),
    output: strict({ watched: count }),
  },
  'lists/read-filters': {
    input: strict({}),
    output: strict({ filters: Type.Array(savedFilter, { maxItems: 100 }) }),
  },
  'lists/save-filter': {
    input: strict({
      list: oneOf(WORKLIST_KINDS),
      name: text(40),
      columns: Type.Array(strict({ column: text(30), text: text(80) }), { maxItems: 12 }),
    }),
    output: savedFilter,
  },
  'lists/remove-filter': { input: strict({ filterId: uuid }), output: strict({}) },
};

export const pushes = {
  /** The list has other rows now; read it again when it is on show. */
  'lists/changed': strict({ list: oneOf(LOCAL_LISTS), rows: count }),
};

export { localRow, savedFilter };
export type LocalListKind = (typeof LOCAL_LISTS)[number];
export type LocalRow = Static<typeof localRow>;
export type LocalList = Static<typeof localList>;
export type SavedFilter = Static<typeof savedFilter>;
