/** The ring-back list and the red tasks, through the whole application (screens.md sections 4, 5, 8, 14). */
import { describe, expect, it } from 'vitest';
import type { TaskCounts } from '../../../src-main/contract/channels/tasks.ts';
import { toIso } from '../../../src-main/contract/london-time.ts';
import {
  bookable,
  book,
  COLLEAGUE_ID,
  openClerkDesk,
  openReferral,
  pass,
  reviewBooking,
  reviewDeferral,
} from '../../support/clerk-steps.ts';
import type { TestDesk, TestDeskOptions } from '../../support/desk.ts';

async function open(options: TestDeskOptions = {}) {
  const clerk = await openClerkDesk(options);
  await clerk.desk.signIn();
  return clerk;
}

const tasks = async (desk: TestDesk) => (await desk.must('tasks/read', {})).tasks;
const inMinutes = (desk: TestDesk, minutes: number) => toIso(desk.clock.nowMs() + minutes * 60_000);
const lastCounts = (desk: TestDesk) =>
  desk.pushes.findLast(({ channel }) => channel === 'tasks/changed')?.payload as TaskCounts | undefined;

/** Opens a referral that can be booked and notes that its patient is rung back. */
async function ringBack(desk: TestDesk, minutes: number | null = 10, place = 0) {
  const ubrn = bookable(desk)[place] ?? '';
  await openReferral(desk, ubrn);
  const dueAt = minutes === null ? null : inMinutes(desk, minutes);
  return { ubrn, task: await desk.must('tasks/add', { ubrn, note: 'Wants a Tuesday', dueAt }) };
}

/** The slot is gone when it is booked; that allows the deferral. */
async function deferTwoWeekWait(desk: TestDesk) {
  const [ubrn = ''] = desk.service.world.findScene('two-week-wait');
  const { slots, commit: booking } = await reviewBooking(desk, ubrn);
  desk.service.world.takeSlot(slots[0]?.slotId ?? '');
  await desk.must('booking/commit', booking);
  await pass(desk, 10);
  const { commit } = await reviewDeferral(desk, ubrn);
  await desk.must('booking/commit-deferral', commit);
  await pass(desk, 5);
  expect(desk.service.world.referral(ubrn).state).toBe('DEFERRED_TO_PROVIDER');
  return ubrn;
}

describe('a ring-back', () => {
  it('is noted for a referral of this sitting alone, with its patient (hazard 1)', async () => {
    const { desk } = await open();
    const [ubrn = ''] = bookable(desk);
    const add = () => desk.ask('tasks/add', { ubrn, note: '', dueAt: null });
    expect(await add()).toMatchObject({ ok: false, problem: { code: 'referral-not-listed' } });
    await openReferral(desk, ubrn);
    const { nhsNumber } = desk.service.world.referral(ubrn);
    expect(await add()).toMatchObject({
      ok: true,
      value: { kind: 'ring-back', ubrn, nhsNumber, isDue: false },
    });
  });

  it('falls due at its time and says so', async () => {
    const { desk } = await open();
    await ringBack(desk, 10);
    expect(lastCounts(desk)).toEqual({ open: 1, due: 0, red: 0 });
    await pass(desk, 9 * 60);
    expect(lastCounts(desk)).toEqual({ open: 1, due: 0, red: 0 });
    await pass(desk, 61);
    expect(lastCounts(desk)).toEqual({ open: 1, due: 1, red: 0 });
    expect(await tasks(desk)).toMatchObject([{ isDue: true, note: 'Wants a Tuesday' }]);
  });

  it('stays when nobody answered, with what was tried, and ends when it is done', async () => {
    const { desk } = await open();
    const { task } = await ringBack(desk);
    const finish = (outcome: 'done' | 'no-answer' | 'not-needed', note: string) =>
      desk.ask('tasks/finish', { taskId: task.taskId, outcome, note });
    expect(await finish('no-answer', 'tried at noon')).toEqual({ ok: true, value: {} });
    expect(await tasks(desk)).toMatchObject([{ note: 'Wants a Tuesday / tried at noon' }]);
    expect(await finish('done', '')).toEqual({ ok: true, value: {} });
    expect(await tasks(desk)).toEqual([]);
    expect(await finish('done', '')).toMatchObject({ problem: { code: 'no-such-task' } });
    expect(lastCounts(desk)).toEqual({ open: 0, due: 0, red: 0 });
  });

  it('stands in the audit trail when it is added, tried and finished', async () => {
    const { desk } = await open();
    const { ubrn, task } = await ringBack(desk);
    for (const outcome of ['no-answer', 'not-needed'] as const)
      await desk.must('tasks/finish', { taskId: task.taskId, outcome, note: '' });
    const { history } = await desk.must('referral/reread', { ubrn });
    const codes = history.filter(({ what }) => what === 'Local event').map(({ code }) => code);
    expect(codes).toEqual(['task-finished-not-needed', 'task-tried-no-answer', 'task-added-ring-back']);
  });

  it('refuses a time that is none', async () => {
    const { desk } = await open();
    const { ubrn } = await ringBack(desk);
    expect(await desk.ask('tasks/add', { ubrn, note: '', dueAt: '2026-13-45T99:00:00Z' })).toMatchObject({
      problem: { code: 'no-such-time' },
    });
  });

  it('opens its referral without a second identifier once it was shown', async () => {
    const { desk, restart } = await open();
    const { ubrn } = await ringBack(desk);
    const { desk: later } = await restart();
    await later.signIn();
    const openIt = () => later.ask('referral/open', { ubrn, secondIdentifier: null });
    expect(await openIt()).toMatchObject({ problem: { kind: 'needs-second-identifier' } });
    expect(await tasks(later)).toHaveLength(1);
    expect(await openIt()).toMatchObject({ ok: true });
  });
});

describe('whose tasks they are', () => {
  it('keeps them over a restart, for the same person in the same role alone', async () => {
    const { desk, card, restart } = await open();
    const { task } = await ringBack(desk);
    await desk.must('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN' });
    expect(await tasks(desk)).toEqual([]);
    expect(await desk.ask('tasks/finish', { taskId: task.taskId, outcome: 'done', note: '' })).toMatchObject({
      problem: { code: 'no-such-task' },
    });
    await desk.must('session/sign-out', {});
    card.userId = COLLEAGUE_ID;
    await desk.signIn();
    expect(await tasks(desk)).toEqual([]);
    const { desk: later } = await restart();
    expect(await later.ask('tasks/read', {})).toMatchObject({ problem: { kind: 'not-signed-in' } });
    await later.signIn();
    const read = await later.must('tasks/read', {});
    expect(read).toMatchObject({ tasks: [task], isKept: true, unreadable: 0 });
  });
});

describe('a two-week-wait deferral', () => {
  it('asks to ring the provider today until contact is recorded, and not again after that', async () => {
    const { desk, restart } = await open();
    const ubrn = await deferTwoWeekWait(desk);
    const [task] = await tasks(desk);
    expect(task).toMatchObject({ kind: 'ring-provider-today', ubrn, isDue: true });
    expect(lastCounts(desk)).toEqual({ open: 1, due: 1, red: 1 });
    const { desk: later } = await restart();
    await later.signIn();
    await pass(later, 2);
    expect(await tasks(later)).toMatchObject([{ taskId: task?.taskId }]);
    await later.must('tasks/finish', { taskId: task?.taskId ?? '', outcome: 'done', note: 'Spoke to J.' });
    await later.must('session/lock', {});
    await later.must('session/unlock', {});
    await pass(later, 2);
    expect(await tasks(later)).toEqual([]);
  });
});

describe('a silent provider', () => {
  it('asks to ring: do they hold it? A second silence of the same item asks again only when the first is answered', async () => {
    const { desk } = await open();
    const behaviour = { kind: 'silence', bookedInErs: false, bookedInPas: false } as const;
    desk.service.faults.add({ on: { id: 'A016', times: 3 }, do: { kind: 'pas', behaviour } });
    const [ubrn = ''] = bookable(desk);
    const intentId = await book(desk, ubrn);
    await pass(desk, 150);
    const [task] = await tasks(desk);
    expect(task).toMatchObject({ kind: 'ring-provider-unknown', ubrn });
    expect(task?.note).toMatch(/, \w{3} \d\d-\w{3}-\d{4} \d\d:\d\d/);
    await desk.must('outbox/confirm', { intentId });
    await pass(desk, 150);
    expect(await tasks(desk)).toHaveLength(1);
    await desk.must('tasks/finish', { taskId: task?.taskId ?? '', outcome: 'done', note: 'They do not' });
    await desk.must('outbox/confirm', { intentId });
    await pass(desk, 150);
    expect(await tasks(desk)).toMatchObject([{ kind: 'ring-provider-unknown' }]);
  });
});

describe('the order', () => {
  it('is red first, then by due time, those without one last', async () => {
    const { desk } = await open();
    await ringBack(desk, null, 0);
    await ringBack(desk, 30, 1);
    await ringBack(desk, 5, 2);
    const ubrn = await deferTwoWeekWait(desk);
    const shown = (await tasks(desk)).map((task) => task.ubrn);
    const [first, second, third] = bookable(desk);
    expect(shown).toEqual([ubrn, third, second, first]);
  });
});
