/**
 * The audit trail as the desk shows and saves it. Everybody may read their own entries; those of others of the same
 * organisation are for whom the organisation has named (`auditReaders` of its policy). Looking and saving are entries
 * themselves, and where they cannot be written nothing is shown.
 */
import type { AuditFilter, TrailStatusView } from '../../contract/channels/audit.ts';
import type { RequestInput, RequestOutput } from '../../contract/channels.ts';
import { londonDate } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { toCsv } from '../../app/csv.ts';
import type { Clock, Files, Log, Storage } from '../../app/ports.ts';
import type { Desk } from '../session/session.ts';
import { AUDIT_COLUMNS, rowOf } from './audit-csv.ts';
import type { AuditLog, ReadEntry } from './audit-log.ts';
import { trailEntry } from './trail-entry.ts';
import type { TrailKeeper } from './trail-keeper.ts';
import { ANYTHING, searchTrail, type TrailFilter, type TrailSearch } from './trail-search.ts';

const ROWS_A_PAGE = 100;
const MOST_SAVED = 50_000;
const MOST_REFERRALS = 200;

type Channel = 'audit/read' | 'audit/check' | 'audit/export';

export interface AuditDesk {
  readonly handlers: {
    readonly [C in Channel]: (input: RequestInput<C>) => Promise<Outcome<RequestOutput<C>>>;
  };
  readonly status: () => TrailStatusView;
}

export interface OpenTrail {
  readonly audit: AuditLog;
  readonly trail: TrailKeeper;
}

interface Dependencies {
  readonly storage: Pick<Storage, 'all'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly files: Files;
  readonly desk: () => Desk | null;
  readonly open: () => OpenTrail | null;
  readonly writesOffReason: () => string;
  readonly host: string;
  /** Who may read the entries of others. */
  readonly readers: () => readonly string[];
  readonly keptDays: () => number;
  /** What the viewer may filter by. */
  readonly actions: readonly string[];
}

interface AtTrail extends OpenTrail {
  readonly desk: Desk;
  readonly mayReadAll: boolean;
}

const UNKNOWN: Omit<TrailStatusView, 'keptDays'> = {
  ...{ state: 'not-checked', rows: 0, checkedAt: null, findings: [], isSealRead: false },
};

export function createAuditDesk(deps: Dependencies): AuditDesk {
  const { storage, clock } = deps;
  let question = 0;

  const status = (): TrailStatusView => {
    const { findings, ...known } = deps.open()?.trail.status() ?? UNKNOWN;
    return { ...known, findings: [...findings], keptDays: deps.keptDays() };
  };

  /** What the desk reads goes to who asked, and to nobody who sits there later. */
  async function atTrail<T>(work: (at: AtTrail) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const [desk, open] = [deps.desk(), deps.open()];
    if (desk === null) return fail('not-signed-in', 'not-signed-in');
    if (open === null) return fail('writes-off', deps.writesOffReason());
    try {
      return await work({ ...open, desk, mayReadAll: deps.readers().includes(desk.userId) });
    } catch (error) {
      deps.log.write('error', 'audit-not-read', { reason: codeOf(error) });
      return fail('unavailable', 'audit-not-readable');
    }
  }

  const isHere = ({ desk }: AtTrail) => deps.desk()?.sitting === desk.sitting;

  const search = (at: AtTrail, part: Omit<TrailSearch, 'storage' | 'log' | 'maySee'>) =>
    searchTrail({
      ...{ storage, log: at.audit, ...part },
      maySee: ({ entry }) => maySee(at, entry),
    });

  /** Every row of a referral, or of a patient and of the referrals that some row names with their NHS number. */
  async function collect(at: AtTrail, subject: { ubrn: string | null; nhsNumber: string | null }) {
    const isStale = () => !isHere(at);
    const all = (filter: TrailFilter, most: number) =>
      search(at, { filter, order: 'oldest-first', most, isStale });
    const filter: TrailFilter = { ...ANYTHING, ...subject };
    if (subject.nhsNumber === null) return all(filter, MOST_SAVED);
    const named = await all(filter, MOST_SAVED);
    if (named === null) return null;
    const ubrns = named.rows.map(({ entry }) => entry.ubrn).filter((ubrn) => ubrn !== '');
    return all({ ...filter, orUbrns: new Set([...new Set(ubrns)].slice(0, MOST_REFERRALS)) }, MOST_SAVED);
  }

  const note = (at: AtTrail, event: Omit<Parameters<typeof trailEntry>[1], 'desk'>) =>
    at.audit.append(trailEntry(deps.host, { ...event, desk: at.desk }));

  return {
    status,
    handlers: {
      'audit/read': ({ filter: asked, past }) =>
        atTrail(async (at) => {
          const mine = (question += 1);
          const isStale = () => !isHere(at) || mine !== question;
          if (asksForOthers(at, asked)) return fail('forbidden', 'audit-own-only');
          const filter = filterOf(at, asked);
          const found = await search(at, {
            ...{ filter, past, isStale, order: 'newest-first', most: ROWS_A_PAGE },
          });
          if (found === null) return gone(isHere(at));
          note(at, {
            outcome: past === null ? 'audit-viewed' : 'audit-viewed-on',
            facts: { rows: found.rows.length, by: namesOf(asked).join(' ') },
            ...subjectOf(asked),
          });
          const rows = found.rows.map(rowOf);
          const { next, unreadable } = found;
          const { mayReadAll } = at;
          return ok({ rows, next, unreadable, mayReadAll, actions: [...deps.actions], status: status() });
        }),
      'audit/check': () =>
        atTrail(async (at) => {
          await at.trail.check();
          return isHere(at) ? ok(status()) : gone(false);
        }),
      'audit/export': (subject) =>
        atTrail(async (at) => {
          if (!at.mayReadAll) return fail('forbidden', 'audit-own-only');
          if ((subject.ubrn === null) === (subject.nhsNumber === null))
            return fail('invalid-input', 'audit-one-subject');
          const found = await collect(at, subject);
          if (found === null) return gone(false);
          // Before it is saved: a table that lies somewhere without an entry of it must not be.
          note(at, {
            outcome: 'audit-export-begun',
            facts: { rows: found.rows.length },
            ...subjectOf(subject),
          });
          const saved = await deps.files.saveFile({
            suggestedName: `audit-trail-${londonDate(clock.nowMs())}.csv`,
            what: 'audit-trail',
            bytes: Buffer.from(toCsv(AUDIT_COLUMNS, found.rows.map(rowOf)), 'utf8'),
            isWanted: () => isHere(at),
          });
          if (!saved.ok) return saved;
          const { isSaved } = saved.value;
          const outcome = isSaved ? 'audit-exported' : 'audit-export-given-up';
          note(at, { outcome, facts: { rows: found.rows.length }, ...subjectOf(subject) });
          return ok({ isSaved, rows: found.rows.length, isCut: found.next !== null });
        }),
    },
  };
}

const gone = (isHere: boolean) =>
  isHere ? fail('expired', 'asked-again') : fail('not-signed-in', 'not-signed-in');

/** One's own, and those of one's organisation where one is named; sign-ins belong to no organisation yet. */
function maySee({ desk, mayReadAll }: AtTrail, { userId, organisation }: ReadEntry['entry']): boolean {
  if (userId === desk.userId) return true;
  return mayReadAll && (organisation === desk.organisation || organisation === '');
}

const asksForOthers = ({ desk, mayReadAll }: AtTrail, { userId }: AuditFilter) =>
  !mayReadAll && userId !== null && userId !== desk.userId;

function filterOf({ desk, mayReadAll }: AtTrail, asked: AuditFilter): TrailFilter {
  const { ubrn, nhsNumber, action, from, before } = asked;
  const isFailed = asked.outcome === 'any' ? null : asked.outcome === 'failed';
  return { ubrn, nhsNumber, action, from, before, isFailed, userId: mayReadAll ? asked.userId : desk.userId };
}

/** By what was filtered, by name: the patient is in fields of their own. */
const namesOf = ({ outcome, ...named }: AuditFilter): string[] => [
  ...Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [name])),
  ...(outcome === 'any' ? [] : ['outcome']),
];

const subjectOf = ({ ubrn, nhsNumber }: { ubrn: string | null; nhsNumber: string | null }) => ({
  ubrn: ubrn ?? '',
  nhsNumber: nhsNumber ?? '',
});

/** The code of a fault of the disk, or the error's name. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
