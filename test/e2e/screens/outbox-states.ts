/** The states of the outbox, of the header’s badge, and of the guards at sign-out and lock, by scripted answers. */
import {
  OUTBOX_STATES,
  type HandoverItem,
  type OutboxItem,
  type OutboxStateName,
  type OutboxSummary,
} from '../../../src-main/contract/channels/outbox.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { CORRELATION, listRead, problem, PROBLEM_SHOWN, PROBLEMS } from './reach.ts';
import type { ScreenState } from './registry.ts';

const NOTHING = { confirm: false, edit: false, withdraw: false, readBack: false, redo: false };
const MADE_AT = '2026-11-23T10:1';

/** The code, the time of sending and what the clerk may do, as main gives them with each state. */
const SHAPES: Readonly<Record<OutboxStateName, Partial<OutboxItem>>> = {
  queued: { code: '', isUrgent: true, may: { ...NOTHING, withdraw: true } },
  waiting: {
    code: 'no-connection',
    nextCheckAt: '2026-11-23T10:42:30.000Z',
    may: { ...NOTHING, confirm: true, withdraw: true },
  },
  'needs-sign-in': { code: 'session-ended', may: { ...NOTHING, withdraw: true } },
  checking: { code: '', may: { ...NOTHING, withdraw: true } },
  sending: { code: '', attempt: 1, sentAt: '2026-11-23T10:39:55.000Z' },
  confirming: { code: 'accepted', attempt: 1, sentAt: '2026-11-23T10:39:50.000Z' },
  unknown: {
    code: 'reply-lost',
    attempt: 1,
    sentAt: '2026-11-23T10:39:20.000Z',
    nextCheckAt: '2026-11-23T10:40:20.000Z',
    mayHappenUntil: '2026-11-23T14:32:00.000Z',
    may: { ...NOTHING, readBack: true },
  },
  done: { code: '', attempt: 1, sentAt: '2026-11-23T10:21:00.000Z' },
  refused: { code: 'SLOT_NOT_AVAILABLE', attempt: 1, may: { ...NOTHING, redo: true } },
  conflict: { code: 'changed-before-sending', may: { ...NOTHING, redo: true, withdraw: true } },
  'needs-you': {
    code: 'not-done-provider-may-differ',
    attempt: 1,
    sentAt: '2026-11-23T10:30:00.000Z',
    may: { ...NOTHING, confirm: true, readBack: true, redo: true, withdraw: true },
  },
  expired: { code: 'expired', may: { ...NOTHING, confirm: true, withdraw: true, redo: true } },
  withdrawn: { code: 'patient-declined' },
  unreadable: { code: 'record-not-readable', ubrn: null, nhsNumber: null, serviceName: '', start: null },
};
const ACTIONS = ['book', 'defer', 'cancel-later', 'cancel-appointment', 'letter'] as const;

/** An item of a state, for a patient of the training world. */
function makeItem(desk: ClerkDesk, state: OutboxStateName, changes: Partial<OutboxItem> = {}): OutboxItem {
  const n = OUTBOX_STATES.indexOf(state);
  const ubrns = [...desk.service.world.findScene('bookable')];
  const ubrn = ubrns[n % ubrns.length] ?? '';
  return {
    intentId: `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
    action: ACTIONS[n % 2] ?? 'book',
    ubrn,
    nhsNumber: desk.service.world.referral(ubrn).nhsNumber,
    state,
    code: '',
    correlationId: CORRELATION,
    serviceName: 'General Cardiology Clinic',
    start: n % 2 === 0 ? '2026-12-01T09:30:00.000Z' : null,
    comment: n % 2 === 0 ? '' : 'No slots within the time that the patient needs.',
    isUrgent: false,
    attempt: 0,
    createdAt: `${MADE_AT}${n % 10}:00.000Z`,
    updatedAt: '2026-11-23T10:39:58.000Z',
    sentAt: null,
    nextCheckAt: null,
    contactBy: null,
    mayHappenUntil: null,
    behind: null,
    may: NOTHING,
    ...SHAPES[state],
    ...changes,
  };
}

function summaryOf(items: readonly OutboxItem[], changes: Partial<OutboxSummary> = {}): OutboxSummary {
  const count = (states: readonly OutboxStateName[]) =>
    items.filter(({ state }) => states.includes(state)).length;
  const finished = count(['done', 'refused', 'withdrawn']);
  const unknown = count(['unknown', 'confirming']);
  const clerk = count(['conflict', 'needs-you', 'expired', 'unreadable']);
  return {
    open: items.length - finished,
    unknown,
    needsClerk: clerk,
    waiting: items.length - finished - unknown - clerk,
    drain: null,
    isPastDayEnd: false,
    colleagues: 2,
    canWrite: true,
    writesOffReason: null,
    ...changes,
  };
}

function scriptOutbox(
  desk: ClerkDesk,
  items: readonly OutboxItem[],
  changes: Partial<OutboxSummary> = {},
): void {
  const summary = summaryOf(items, changes);
  desk.scripted.script('outbox/read-items', ok({ items: [...items], total: items.length }));
  desk.scripted.script('outbox/read-summary', ok(summary));
  desk.scripted.push('outbox/changed', summary);
}

/** Lets main answer with these items, and opens the outbox. */
async function openOutbox(
  desk: ClerkDesk,
  items: readonly OutboxItem[],
  changes: Partial<OutboxSummary> = {},
): Promise<void> {
  await listRead(desk);
  scriptOutbox(desk, items, changes);
  await desk.press('F12');
  await desk.page.locator('.outbox [role="grid"]').waitFor();
}

const everyState = (desk: ClerkDesk) => OUTBOX_STATES.map((state) => makeItem(desk, state));

function scriptDetail(desk: ClerkDesk, item: OutboxItem, isRead: boolean): void {
  const lines = [
    { what: 'version', saw: '5', now: '7', asked: '', isDifferent: true },
    { what: 'state', saw: 'Not booked', now: 'Deferred to provider', asked: '', isDifferent: true },
    { what: 'appointment', saw: '', now: 'proposed', asked: '', isDifferent: true },
    { what: 'priority', saw: 'Urgent', now: 'Urgent', asked: '', isDifferent: false },
    { what: 'service', saw: '', now: '', asked: 'General Cardiology Clinic', isDifferent: false },
    { what: 'time', saw: '', now: '', asked: 'Tue 01-Dec-2026 09:30', isDifferent: false },
  ] as const;
  desk.scripted.script(
    'outbox/read-item',
    ok({
      item,
      lines: lines.map((line) => (isRead ? line : { ...line, now: '', isDifferent: false })),
      nowReadAt: isRead ? '2026-11-23T10:40:00.000Z' : null,
      nowProblem: isRead ? null : 'offline',
    }),
  );
}

/** Opens one item by Enter. */
async function openItem(desk: ClerkDesk, state: OutboxStateName, isRead = true): Promise<OutboxItem> {
  const item = makeItem(desk, state);
  scriptDetail(desk, item, isRead);
  await openOutbox(desk, [item, ...everyState(desk).filter((other) => other.intentId !== item.intentId)]);
  await desk.page.keyboard.press('Home');
  for (let turn = 0; turn < OUTBOX_STATES.length; turn += 1) {
    const id = await desk.page.locator('.outbox [aria-selected="true"]').getAttribute('id');
    if (id === `outbox-row-${item.intentId}`) break;
    await desk.press('ArrowDown');
  }
  await desk.press('Enter');
  await desk.page.locator('.compare').waitFor();
  return item;
}

const handover: readonly HandoverItem[] = (['unknown', 'waiting'] as const).map((state, n) => ({
  intentId: `00000000-0000-4000-8000-00000000010${n}`,
  action: n === 0 ? 'book' : 'cancel-later',
  ubrn: `00004912345${n}`,
  state,
  code: n === 0 ? 'reply-lost' : 'no-connection',
  userId: '555000000202',
  createdAt: '2026-11-23T09:15:00.000Z',
  mayReadBack: n === 0,
}));

const lists: ScreenState[] = [
  { name: 'outbox--empty', shows: /Nothing is waiting/, reach: (desk) => openOutbox(desk, []) },
  {
    name: 'outbox--every-state',
    shows: /Unreadable|Withdrawn/,
    reach: (desk) => openOutbox(desk, everyState(desk)),
  },
  {
    name: 'outbox--behind',
    shows: /waits behind “Book”/,
    async reach(desk) {
      const first = makeItem(desk, 'unknown', { action: 'book' });
      await openOutbox(desk, [first, makeItem(desk, 'queued', { behind: first.intentId, isUrgent: false })]);
      await desk.press('ArrowDown');
    },
  },
  {
    name: 'outbox--loading',
    shows: /Reading the outbox/,
    async reach(desk) {
      await listRead(desk);
      desk.scripted.script('outbox/read-items', 'never');
      await desk.press('F12');
      await desk.page.locator('.outbox .desk-loading__spinner').waitFor();
    },
  },
  {
    name: 'outbox--error',
    shows: PROBLEM_SHOWN,
    async reach(desk) {
      await listRead(desk);
      desk.scripted.script('outbox/read-items', problem('internal', 'handler-failed'));
      await desk.press('F12');
    },
  },
  {
    name: 'outbox--offline',
    shows: /Offline since 10:38/,
    async reach(desk) {
      await openOutbox(desk, [makeItem(desk, 'waiting')]);
      desk.scripted.push('session/connection-changed', {
        status: 'offline',
        since: '2026-11-23T10:38:00.000Z',
        pausedUntil: null,
      });
    },
  },
  {
    name: 'outbox--writes-off',
    shows: /The disk is full/,
    reach: (desk) =>
      openOutbox(desk, [makeItem(desk, 'waiting')], { canWrite: false, writesOffReason: 'disk-full' }),
  },
  {
    name: 'outbox--drain',
    shows: /Sending 12 of 500/,
    reach: (desk) =>
      openOutbox(desk, [makeItem(desk, 'sending'), makeItem(desk, 'queued'), makeItem(desk, 'waiting')], {
        ...{ open: 488, waiting: 487, drain: { done: 12, total: 500 } },
      }),
  },
  {
    name: 'outbox--past-day-end',
    shows: /3 actions are not done and the day has ended/,
    reach: (desk) =>
      openOutbox(
        desk,
        (['needs-you', 'unknown', 'waiting'] as const).map((state) => makeItem(desk, state)),
        { isPastDayEnd: true },
      ),
  },
];

const items: ScreenState[] = [
  {
    name: 'outbox--item',
    shows: /Compare with e-RS/,
    reach: (desk) => openOutbox(desk, [makeItem(desk, 'expired')]),
  },
  {
    name: 'outbox--conflict',
    shows: /3 lines differ/,
    reach: async (desk) => void (await openItem(desk, 'conflict')),
  },
  {
    name: 'outbox--now-not-read',
    shows: /Now: not read/,
    reach: async (desk) => void (await openItem(desk, 'needs-you', false)),
  },
  ...PROBLEMS.map(([state, answer]) => ({
    name: `outbox--item-${state}`,
    shows: PROBLEM_SHOWN,
    async reach(desk: ClerkDesk) {
      desk.scripted.script('outbox/read-item', answer);
      await openOutbox(desk, [makeItem(desk, 'expired')]);
      await desk.press('Enter');
    },
  })),
  {
    name: 'outbox--withdraw',
    shows: /Why is it taken back/,
    async reach(desk) {
      await openOutbox(desk, [makeItem(desk, 'waiting')]);
      await desk.press('Delete', 'ArrowDown');
    },
  },
  {
    name: 'outbox--withdraw-no-reason',
    shows: /Choose a reason/,
    async reach(desk) {
      await openOutbox(desk, [makeItem(desk, 'waiting')]);
      await desk.press('Delete', 'Ctrl+Enter');
    },
  },
  {
    name: 'outbox--withdraw-refused',
    shows: /may still be booked until 14:32/,
    async reach(desk) {
      await openOutbox(desk, [makeItem(desk, 'unknown')]);
      await desk.press('Delete');
    },
  },
  {
    name: 'outbox--edit',
    shows: /characters left/,
    async reach(desk) {
      const may = { ...NOTHING, edit: true, withdraw: true };
      await openOutbox(desk, [
        makeItem(desk, 'waiting', { action: 'defer', start: null, comment: 'No slots.', may }),
      ]);
      await desk.press('Ctrl+E');
    },
  },
];

const others: ScreenState[] = [
  {
    name: 'handover--ready',
    shows: /555000000202/,
    async reach(desk) {
      desk.scripted.script('outbox/read-handover', ok({ items: [...handover] }));
      await openOutbox(desk, [makeItem(desk, 'waiting')]);
      await desk.press('F8');
    },
  },
  {
    name: 'handover--empty',
    shows: /No colleague in your role/,
    async reach(desk) {
      desk.scripted.script('outbox/read-handover', ok({ items: [] }));
      await openOutbox(desk, []);
      await desk.press('F8');
    },
  },
  {
    name: 'handover--error',
    shows: PROBLEM_SHOWN,
    async reach(desk) {
      desk.scripted.script('outbox/read-handover', problem('internal', 'handler-failed'));
      await openOutbox(desk, []);
      await desk.press('F8');
    },
  },
];

/** Waits until the badge counts them: the guards ask what the badge knows. */
async function showOpenItems(desk: ClerkDesk, changes: Partial<OutboxSummary> = {}): Promise<void> {
  await listRead(desk);
  scriptOutbox(desk, everyState(desk), changes);
  await desk.page.locator('.frame-header__outbox', { hasText: /\d open/ }).waitFor();
}

const guards: ScreenState[] = [
  {
    name: 'leave--sign-out',
    shows: /Sign out while actions are not done/,
    async reach(desk) {
      await showOpenItems(desk);
      await desk.press('Ctrl+Shift+L');
    },
  },
  {
    name: 'lock--open-items',
    shows: /actions are not done/,
    async reach(desk) {
      await showOpenItems(desk, { isPastDayEnd: true });
      await desk.press('Ctrl+L');
    },
  },
  {
    name: 'lock--sign-out',
    shows: /Sign out all the same/,
    async reach(desk) {
      await showOpenItems(desk);
      await desk.press('Ctrl+L');
      await desk.shows(/actions are not done/);
      await desk.press('Tab', 'Enter');
    },
  },
];

export const OUTBOX_SCREENS: readonly ScreenState[] = [...lists, ...items, ...others, ...guards];
