/** Invented items of the outbox. */
import type {
  ComparedLine,
  HandoverItem,
  OutboxDetail,
  OutboxItem,
} from '../../../../src-main/contract/channels/outbox.ts';
import { ok } from '../../../../src-main/contract/outcome.ts';
import type { FakeAnswers } from '../../../support/fake-bridge.ts';
import { makeNhsNumber, makeOutboxSummary, READ_AT } from '../../../support/fake-data.ts';

export const NOW_MS = Date.parse(READ_AT);
const NOTHING = { confirm: false, edit: false, withdraw: false, readBack: false, redo: false };

/** The n-th intent id. */
export const intentId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function makeItem(n: number, changes: Partial<OutboxItem> = {}): OutboxItem {
  return {
    intentId: intentId(n),
    action: 'book',
    ubrn: String(49_000_000 + n).padStart(12, '0'),
    nhsNumber: makeNhsNumber(n),
    state: 'waiting',
    code: 'no-connection',
    correlationId: '',
    serviceName: 'General Cardiology Clinic',
    start: '2027-01-05T14:30:00.000Z',
    comment: '',
    isUrgent: false,
    attempt: 0,
    createdAt: `2026-11-23T10:${String(n % 60).padStart(2, '0')}:00.000Z`,
    updatedAt: '2026-11-23T10:41:00.000Z',
    sentAt: null,
    nextCheckAt: null,
    contactBy: null,
    mayHappenUntil: null,
    behind: null,
    ...changes,
    may: { ...NOTHING, ...changes.may },
  };
}

export function makeLine(changes: Partial<ComparedLine> = {}): ComparedLine {
  return { what: 'version', saw: '5', now: '6', asked: '', isDifferent: true, ...changes };
}

export function makeDetail(item: OutboxItem, changes: Partial<OutboxDetail> = {}): OutboxDetail {
  const lines = [
    makeLine(),
    makeLine({ what: 'state', saw: 'NOT_BOOKED', now: 'DEFERRED_TO_PROVIDER' }),
    makeLine({ what: 'time', saw: '', now: '', asked: '2027-01-05T14:30:00.000Z', isDifferent: false }),
  ];
  return { item, lines, nowReadAt: READ_AT, nowProblem: null, ...changes };
}

export function makeHandover(n: number, changes: Partial<HandoverItem> = {}): HandoverItem {
  return {
    intentId: intentId(n),
    action: 'book',
    ubrn: String(49_000_000 + n).padStart(12, '0'),
    state: 'unknown',
    code: 'reply-lost',
    userId: '555000000202',
    createdAt: '2026-11-23T09:15:00.000Z',
    mayReadBack: true,
    ...changes,
  };
}

/** A main whose outbox holds these items. */
export function answerItems(items: readonly OutboxItem[], answers: FakeAnswers = {}): FakeAnswers {
  return {
    'outbox/read-items': () => ok({ items: [...items], total: items.length }),
    'outbox/read-summary': () => ok(makeOutboxSummary({ open: items.length })),
    'outbox/read-item': (input) => {
      const item = items.find((one) => one.intentId === input.intentId) ?? makeItem(0);
      return ok(makeDetail(item));
    },
    ...answers,
  };
}
