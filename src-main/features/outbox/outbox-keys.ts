/** What the clerk's keys do in the outbox, behind the channels `outbox/…` (screens.md section 9). */
import { randomUUID } from 'node:crypto';
import type {
  HandoverItem,
  OutboxDetail,
  OutboxItem,
  WithdrawReason,
} from '../../contract/channels/outbox.ts';
import { londonDate, fromLondon, toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { compareLines } from './compare-view.ts';
import { NO_NUMBER_YET, readNow } from './read-now.ts';
import type { StoredIntent, StoredRow } from './intent-store.ts';
import { createHandover, type HandoverPorts } from './handover.ts';
import { mayEdit, standingOf, viewUnreadable } from './item-view.ts';
import { letterIntentOf } from './letter-intent.ts';
import type { Outbox } from './outbox.ts';
import { ownerKey, ownerOf } from './owner.ts';
import { createRunAtDesk, type AtDesk, type OutboxDesk } from './outbox-desk.ts';
import type { IntentEvent, Standing } from './protocol/machine.ts';
import type { Intent } from './record-schemas.ts';
import { uploadsOf } from './uploads-of.ts';

type Answer<T> = Outcome<T> | Promise<Outcome<T>>;

export interface OutboxKeys {
  readonly readItems: () => Outcome<{ items: OutboxItem[]; total: number }>;
  readonly readItem: (input: { intentId: string }) => Answer<OutboxDetail>;
  readonly confirm: (input: { intentId: string }) => Outcome<OutboxItem>;
  readonly withdraw: (input: { intentId: string; reason: WithdrawReason }) => Outcome<OutboxItem>;
  readonly edit: (input: { intentId: string; comment: string }) => Outcome<OutboxItem>;
  readonly readBack: (input: { intentId: string }) => Outcome<OutboxItem>;
  readonly requestLetter: (input: { ubrn: string }) => Outcome<OutboxItem>;
  readonly readHandover: () => Outcome<{ items: HandoverItem[] }>;
  readonly readBackForColleague: (input: { intentId: string }) => Answer<HandoverItem>;
}

/** The keys, and what they showed in this sitting. */
export interface OutboxKeysFeature extends OutboxKeys {
  /** True when the referral stood in the list of items: it may be opened without a second identifier. */
  readonly isListed: (ubrn: string) => boolean;
  readonly forget: () => void;
}

interface Dependencies extends OutboxDesk, HandoverPorts {
  readonly client: () => ErsClient;
  readonly opened: (ubrn: string) => OpenReferral | null;
}

const MOST_ITEMS = 1000;

/** Of the actions that have a comment (contract.md A014, A016, A022, A027, A028, A034, A036). */
const LONGEST_COMMENT = {
  defer: 1000,
  'send-for-triage': 1000,
  'cancel-later': 2000,
  'cancel-appointment': 2000,
  'cancel-referral': 2000,
  'reject-referral': 2000,
  'record-review': 2000,
  'convert-advice': 2000,
} as const;

export function createOutboxKeys(deps: Dependencies): OutboxKeysFeature {
  const { clock } = deps;

  const listed = new Set<string>();
  const atDesk = createRunAtDesk(deps);
  const handover = createHandover(atDesk, deps);

  const isMine = (desk: Desk, { owner }: StoredIntent) => ownerKey(owner) === ownerKey(ownerOf(desk));

  function withOwn<T>(
    intentId: string,
    work: (at: AtDesk & { stored: StoredIntent }) => Outcome<T>,
  ): Outcome<T> {
    return atDesk((at) => {
      const row = at.store.read(intentId);
      const stored = row?.kind === 'stored' && isMine(at.desk, row.stored) ? row.stored : null;
      return stored === null ? fail('not-found', 'no-such-intent') : work({ ...at, stored });
    });
  }

  function viewNow({ outbox, store }: AtDesk, intentId: string): Outcome<OutboxItem> {
    const row = store.read(intentId);
    if (row === null) return fail('not-found', 'no-such-intent');
    return ok(viewRow(outbox, row));
  }

  /** Passes a key on to the machine; one that the intent does not take now is refused with `refusal`. */
  function press(intentId: string, event: IntentEvent, refusal: string): Outcome<OutboxItem> {
    return withOwn(intentId, (at) => {
      const { engine, watch } = at.outbox;
      if (event.kind !== 'withdraw') watch(intentId);
      if (!engine.tell(intentId, event)) return fail('rejected', refusal);
      for (const file of filesOf(at.stored.intent)) {
        const standing = engine.entry(file)?.standing;
        if (standing !== undefined && takesPart(standing, event)) engine.tell(file, event);
      }
      return viewNow(at, intentId);
    });
  }

  function edit({ intentId, comment }: { intentId: string; comment: string }): Outcome<OutboxItem> {
    return withOwn(intentId, ({ desk, outbox, stored }) => {
      const { intent } = stored;
      const live = outbox.engine.entry(intentId)?.standing ?? null;
      const standing = standingOf(stored, live, clock.monotonicMs());
      if (!('comment' in intent) || !mayEdit(standing, intent)) return fail('rejected', 'sent-already');
      if (comment.length > LONGEST_COMMENT[intent.action]) return fail('invalid-input', 'comment-too-long');
      if (comment.trim() === '' && intent.comment !== '') return fail('invalid-input', 'comment-missing');
      // A changed wish is a new intent: the old one ends first, so that there are never two of it.
      if (!outbox.engine.tell(intentId, { kind: 'withdraw', code: 'edited' }))
        return fail('rejected', 'sent-already');
      return outbox.ask(desk, { ...intent, comment, intentId: randomUUID() });
    });
  }

  async function readItem({ intentId }: { intentId: string }): Promise<Outcome<OutboxDetail>> {
    const found = atDesk((at) => {
      const row = at.store.read(intentId);
      if (row === null) return fail('not-found', 'no-such-intent');
      if (row.kind === 'stored' && !isMine(at.desk, row.stored)) return fail('not-found', 'no-such-intent');
      return ok({ ...at, row });
    });
    if (!found.ok) return found;
    const { row, outbox, desk } = found.value;
    const item = viewRow(outbox, row);
    if (row.kind === 'unreadable')
      return ok({ item, lines: [], nowReadAt: null, nowProblem: 'record-not-readable' });
    const { intent } = row.stored;
    const now = await readNow(deps.client(), row.stored);
    if (deps.desk()?.sitting !== desk.sitting) return fail('not-signed-in', 'not-signed-in');
    return ok({
      item: viewRow(outbox, row),
      lines: compareLines(intent, now.ok ? now.value : null),
      nowReadAt: now.ok ? toIso(clock.nowMs()) : null,
      nowProblem: now.ok ? null : now.problem.code === NO_NUMBER_YET ? NO_NUMBER_YET : now.problem.kind,
    });
  }

  return {
    readItems: () =>
      atDesk(({ desk, store, outbox }) => {
        const today = toIso(fromLondon(londonDate(clock.nowMs()), 0, 0));
        const rows = store.listFor(ownerOf(desk), today);
        const items = rows.slice(0, MOST_ITEMS).map((row) => viewRow(outbox, row));
        for (const { ubrn } of items) if (ubrn !== null) listed.add(ubrn);
        return ok({ items: items.sort(byNeed), total: rows.length });
      }),
    readItem,
    confirm: ({ intentId }) => press(intentId, { kind: 'confirm' }, 'not-to-confirm'),
    withdraw({ intentId, reason }) {
      return atDesk((at) => {
        if (at.store.read(intentId)?.kind !== 'unreadable')
          return press(intentId, { kind: 'withdraw', code: reason }, 'may-still-happen');
        const isDropped = at.outbox.dropUnreadable(at.desk, intentId, reason);
        return isDropped ? viewNow(at, intentId) : fail('not-found', 'no-such-intent');
      });
    },
    edit,
    readBack: ({ intentId }) => press(intentId, { kind: 'read-now' }, 'nothing-to-read-back'),
    requestLetter: ({ ubrn }) =>
      atDesk(({ desk, outbox }) => {
        const open = deps.opened(ubrn);
        if (open === null) return fail('invalid-input', 'referral-not-open');
        if (!desk.can.canReadLetters) return fail('forbidden', 'role-cannot-read-letters');
        return outbox.ask(desk, letterIntentOf(open));
      }),
    isListed: (ubrn) => listed.has(ubrn),
    forget: () => listed.clear(),
    readHandover: handover.read,
    readBackForColleague: handover.readBack,
  };
}

/** The uploads that a write names: what the clerk says of it they say of its files. */
const filesOf = (intent: Intent): readonly string[] => uploadsOf(intent).map(({ intentId }) => intentId);

/** One Ctrl+Enter is enough for all that has waited, and Del leaves no file behind that nothing needs any more. */
function takesPart({ state, code, attempt }: Standing, { kind }: IntentEvent): boolean {
  if (kind === 'withdraw') return attempt === 0;
  return kind === 'confirm' && (state !== 'NEEDS_CLERK' || code === 'expired');
}

const viewRow = (outbox: Outbox, row: StoredRow): OutboxItem =>
  row.kind === 'stored' ? outbox.view(row.stored) : viewUnreadable(row.row);

const DONE_STATES = ['done', 'refused', 'withdrawn'];

/** Open ones first, urgent before others, oldest first; then what is finished, the latest first. */
function byNeed(a: OutboxItem, b: OutboxItem): number {
  const [isDoneA, isDoneB] = [DONE_STATES.includes(a.state), DONE_STATES.includes(b.state)];
  if (isDoneA !== isDoneB) return Number(isDoneA) - Number(isDoneB);
  if (isDoneA) return b.updatedAt.localeCompare(a.updatedAt);
  return Number(b.isUrgent) - Number(a.isUrgent) || a.createdAt.localeCompare(b.createdAt);
}
