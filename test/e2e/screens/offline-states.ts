/** What is remembered and queued while e-RS cannot be reached, and every state of a deferral, by scripted answers. */
import type { BookingState, DeferralReview } from '../../../src-main/contract/channels/booking.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { Connection } from '../../../src-main/contract/channels/session.ts';
import type { RequestChannel, RequestOutput } from '../../../src-main/contract/channels.ts';
import { ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { spokenDigits } from '../support/truth.ts';
import { CORRELATION, listRead, openBookable, openScene, openSlots, problem } from './reach.ts';
import type { ScreenState } from './registry.ts';

const READ_AT = '2026-11-23T10:22:00.000Z';
const OFFLINE: Connection = { status: 'offline', since: '2026-11-23T10:39:20.000Z', pausedUntil: null };
const PORTAL: Connection = { ...OFFLINE, status: 'portal' };
const BACK: Connection = { status: 'online', since: '2026-11-23T10:39:30.000Z', pausedUntil: null };
const NOTHING = { confirm: false, edit: false, withdraw: false, readBack: false, redo: false };
const INTENT_ID = '00000000-0000-4000-8000-000000000001';
const REVIEW_ID = '00000000-0000-4000-8000-0000000000a1';
const SERVICE = 'General Cardiology Clinic';

/** Lets a channel answer as the application does, with changes. */
function change<C extends RequestChannel>(
  desk: ClerkDesk,
  channel: C,
  to: (value: RequestOutput<C>) => RequestOutput<C>,
): void {
  desk.scripted.script(channel, async (input) => {
    const real = (await desk.app.handle(channel, input, { isTrusted: true, place: 'test' })) as Outcome<
      RequestOutput<C>
    >;
    return real.ok ? ok(to(real.value)) : real;
  });
}

/** From now on the desk answers from memory. */
function cutOff(desk: ClerkDesk, connection = OFFLINE): void {
  const remembered = { isRemembered: true, readAt: READ_AT };
  desk.scripted.script('session/read-connection', ok(connection));
  change(desk, 'worklist/fetch', (list) => ({ ...list, ...remembered }));
  change(desk, 'referral/open', (view) => ({ ...view, ...remembered }));
  change(desk, 'referral/reread', (view) => ({ ...view, ...remembered }));
  change(desk, 'slots/search', (search) => ({
    ...search,
    firstPage: { ...search.firstPage, ...remembered },
  }));
  change(desk, 'slots/read-page', (page) => ({ ...page, ...remembered }));
  change(desk, 'booking/review-slot', (review) => ({ ...review, isOffline: true, slotReadAt: READ_AT }));
}

async function reloadOffline(desk: ClerkDesk, connection = OFFLINE): Promise<void> {
  await listRead(desk);
  cutOff(desk, connection);
  await desk.page.reload();
  await listRead(desk);
}

const offline: ScreenState[] = [
  {
    name: 'worklist--remembered',
    shows: /As of Mon 23-Nov-2026 10:22/,
    reach: (desk) => reloadOffline(desk),
  },
  {
    name: 'worklist--portal',
    shows: /The network asks you to sign in to it/,
    reach: (desk) => reloadOffline(desk, PORTAL),
  },
  {
    name: 'worklist--connection-back',
    shows: /The connection is back/,
    async reach(desk) {
      await reloadOffline(desk);
      desk.scripted.push('session/connection-changed', BACK);
    },
  },
  {
    name: 'referral--remembered',
    shows: /the referral may have changed since/,
    async reach(desk) {
      await reloadOffline(desk);
      await openBookable(desk);
    },
  },
  {
    name: 'slots--remembered-week',
    shows: /last seen free at 10:22, not held: only a wish/,
    async reach(desk) {
      await reloadOffline(desk);
      await openSlots(desk);
      await desk.press('Space', 'ArrowDown', 'Space', 'ArrowDown', 'Enter');
    },
  },
  {
    name: 'slots--remembered-empty',
    shows: /That says nothing about now/,
    async reach(desk) {
      await reloadOffline(desk);
      await openScene(desk, 'no-slots');
      await desk.press('F7');
    },
  },
];

/** Three pinned slots, the third chosen and reviewed. */
async function openWish(desk: ClerkDesk): Promise<string> {
  await reloadOffline(desk);
  const ubrn = await openSlots(desk);
  await desk.press('Space', 'ArrowDown', 'Space', 'ArrowDown', 'Space', 'Enter', 'Shift+F7');
  await desk.shows(/Queue this wish/);
  return ubrn;
}

function queuedBooking(ubrn: string, changes: Partial<BookingState>): BookingState {
  return {
    ...{ intentId: INTENT_ID, ubrn, state: 'waiting', code: 'no-connection', correlationId: '' },
    ...{ serviceName: SERVICE, start: '2026-12-01T09:30:00.000Z', clinicianId: null, sentAt: null },
    ...{ nextCheckAt: null, appointmentId: null, mayDefer: false, updatedAt: '2026-11-23T10:41:01.000Z' },
    ...changes,
  };
}

const wishes: ScreenState[] = [
  {
    name: 'review--offline',
    shows: /This will be queued\. NOT BOOKED until e-RS confirms/,
    async reach(desk) {
      await openWish(desk);
      await desk.press('Tab', 'Space');
      await desk.shows(/2nd wish/);
    },
  },
  {
    name: 'review--provider-silent',
    shows: /has not answered since 10:31/,
    async reach(desk) {
      await openSlots(desk);
      change(desk, 'booking/review-slot', (review) => ({
        ...review,
        providerSilentSince: '2026-11-23T10:31:00.000Z',
      }));
      await desk.press('Enter', 'Shift+F7');
    },
  },
  ...(
    [
      ['queued-offline', {}, /NOT BOOKED: queued, waiting for the connection/],
      ['needs-sign-in', { state: 'held', code: 'session-ended' }, /NOT BOOKED: your e-RS session has ended/],
    ] as const
  ).map(([state, changes, shows]) => ({
    name: `result--${state}`,
    shows,
    async reach(desk: ClerkDesk) {
      const ubrn = await openWish(desk);
      desk.scripted.script(
        'booking/commit',
        ok({ kind: 'started' as const, booking: queuedBooking(ubrn, changes) }),
      );
      await desk.type(spokenDigits(desk.service, ubrn));
      await desk.press('Ctrl+Enter');
    },
  })),
];

/** The review as main would make it at the service of the open slots. */
async function openDeferral(desk: ClerkDesk, changes: Partial<DeferralReview> = {}): Promise<string> {
  await openScene(desk, 'no-slots');
  await desk.press('F7');
  await desk.shows(/no free slots|says nothing about now/);
  const ubrn = await desk.selected();
  desk.scripted.script('booking/review-deferral', async (input) => {
    const { serviceId } = input as { serviceId: string };
    return ok({
      ...{ reviewId: REVIEW_ID, ubrn, version: 5, serviceId, serviceName: SERVICE },
      ...{ reason: 'NO_SLOTS_AT_SERVICE' as const, evidenceAt: '2026-11-23T10:39:40.000Z' },
      ...{ isOffline: false, slotStart: null, isTwoWeekWait: false, otherServices: [] },
      ...{ identityQuestion: 'birth-ddmm' as const, attemptsLeft: 2, maxComment: 1000 },
      ...changes,
    });
  });
  await desk.press('Shift+F8');
  await desk.shows(/Defer to the provider\?|Queue this deferral\?/);
  return ubrn;
}

const OTHERS = [
  { serviceId: '99990001', name: 'Rapid Access Chest Pain Clinic' },
  { serviceId: '99990002', name: 'Cardiology Outpatients, Second Hospital' },
];

const REVIEWS: readonly (readonly [string, Partial<DeferralReview>, RegExp])[] = [
  ['no-slots', { otherServices: OTHERS }, /No free slots at the service/],
  [
    'slot-refused',
    { reason: 'SLOT_NOT_AVAILABLE', slotStart: '2026-12-01T09:30:00.000Z' },
    /The slot asked for was no longer available/,
  ],
  ['two-week-wait', { isTwoWeekWait: true, otherServices: OTHERS }, /Offer the other services/],
  ['offline', { isOffline: true, evidenceAt: null }, /the desk searches again before it sends/],
];

function deferral(ubrn: string, changes: Partial<OutboxItem>): OutboxItem {
  return {
    ...{ intentId: INTENT_ID, action: 'defer', ubrn, nhsNumber: null, state: 'queued', code: '' },
    ...{ correlationId: CORRELATION, serviceName: SERVICE, start: null, comment: '', isUrgent: false },
    ...{ attempt: 0, createdAt: '2026-11-23T10:39:50.000Z', updatedAt: '2026-11-23T10:40:00.000Z' },
    ...{ contactBy: null, sentAt: null, nextCheckAt: null, mayHappenUntil: null, behind: null, may: NOTHING },
    ...changes,
  };
}

const SENT = { sentAt: '2026-11-23T10:39:55.000Z', attempt: 1 };
const RESULTS: readonly (readonly [string, Partial<OutboxItem>, RegExp, Partial<DeferralReview>?])[] = [
  [
    'waiting',
    { state: 'waiting', code: 'no-connection' },
    /NOT DEFERRED: queued, waiting for the connection/,
  ],
  ['done', { state: 'done', ...SENT }, /Deferred to provider/],
  ['done-two-week-wait', { state: 'done', ...SENT }, /Ring the provider today/, { isTwoWeekWait: true }],
  ['needs-you', { state: 'needs-you', code: 'slots-available' }, /There are free slots now: F7 shows them/],
  ['refused-by-ers', { state: 'refused', code: 'PATIENT_ERROR', ...SENT }, /NOT DEFERRED: refused/],
];

/** Main keeps the task to ring the provider until somebody was reached. */
function keepRingTask(desk: ClerkDesk, ubrn: string): void {
  const at = '2026-11-23T10:40:00.000Z';
  const counts = { open: 1, due: 1, red: 1 };
  const task = {
    ...{ taskId: REVIEW_ID, kind: 'ring-provider-today' as const, ubrn, nhsNumber: null },
    ...{ note: SERVICE, dueAt: at, createdAt: at, isDue: true },
  };
  desk.scripted.script('tasks/read', ok({ tasks: [task], counts, isKept: true, unreadable: 0 }));
  desk.scripted.push('tasks/changed', counts);
}

const REFUSALS = [
  ['slots-available', { slots: 14, readAt: '2026-11-23T10:42:00.000Z' }, /14 free slots at 10:42/],
  ['no-evidence', {}, /nothing shows that this service cannot be booked/],
] as const;

const deferrals: ScreenState[] = [
  ...REVIEWS.map(([state, changes, shows]) => ({
    name: `defer--${state}`,
    shows,
    reach: async (desk: ClerkDesk) => void (await openDeferral(desk, changes)),
  })),
  {
    name: 'defer--comment-too-long',
    shows: /6 characters too many/,
    async reach(desk) {
      await openDeferral(desk, { maxComment: 20 });
      await desk.press('Tab');
      await desk.type('Please ring the son first.');
    },
  },
  ...REFUSALS.map(([code, facts, shows]) => ({
    name: `defer--refused-${code}`,
    shows,
    async reach(desk: ClerkDesk) {
      await openSlots(desk);
      desk.scripted.script('booking/review-deferral', problem('rejected', code, facts));
      await desk.press('Shift+F8');
    },
  })),
  {
    name: 'defer--service-chooser',
    shows: /Defer at which service/,
    async reach(desk) {
      await listRead(desk);
      const { world } = desk.service;
      const isDirect = (id: string) => world.findService(id)?.kind === 'directly-bookable';
      await desk.selectBefore((ubrn) => {
        const { state, shortlist } = world.referral(ubrn);
        return state === 'NOT_BOOKED' && shortlist.filter(isDirect).length > 1;
      });
      await desk.press('ArrowDown', 'Enter');
      await desk.shows(/Born\s+\d\d-/);
      await desk.press('Shift+F8');
    },
  },
  ...RESULTS.map(([state, changes, shows, review]) => ({
    name: `defer--${state}`,
    shows,
    async reach(desk: ClerkDesk) {
      const ubrn = await openDeferral(desk, review);
      if (review?.isTwoWeekWait === true) keepRingTask(desk, ubrn);
      desk.scripted.script(
        'booking/commit-deferral',
        ok({ kind: 'started' as const, item: deferral(ubrn, changes) }),
      );
      await desk.type('0101');
      await desk.press('Ctrl+Enter');
    },
  })),
];

const letters: ScreenState[] = (
  [
    ['ask', null, /Fetch and print when back\?/],
    ['queued', { state: 'waiting', code: 'no-connection' }, /Letter queued: NOT printed/],
    ['ready', { state: 'needs-you', code: 'letter-ready' }, /Letter ready to be fetched: NOT printed/],
  ] as const
).map(([state, item, shows]) => ({
  name: `letter--${state}`,
  shows,
  async reach(desk: ClerkDesk) {
    await reloadOffline(desk);
    const ubrn = await openBookable(desk);
    await desk.press('F9');
    await desk.shows(/Fetch and print when back/);
    if (item === null) return;
    desk.scripted.script('outbox/request-letter', ok({ ...deferral(ubrn, item), action: 'letter' }));
    await desk.press('Ctrl+Enter');
  },
}));

export const OFFLINE_SCREENS: readonly ScreenState[] = [...offline, ...wishes, ...deferrals, ...letters];
