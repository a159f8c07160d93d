// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SavedFilter } from '../../../src-main/contract/channels/lists.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { makeRole, makeRow, makeSession, makeWorklist } from '../../support/fake-data.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';
import { makeTask, makeTasks } from '../tasks/task-fakes.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const rowIds = () =>
  [...document.querySelectorAll('[id^="worklist-row-"]')].map(({ id }) => id.replace('worklist-row-', ''));
const selected = () =>
  document.querySelector('.worklist [aria-selected="true"]')?.id.replace('worklist-row-', '') ?? '';
const provider = makeRole({
  roleId: 'SERVICE_PROVIDER_CLINICIAN@R68',
  businessFunction: 'SERVICE_PROVIDER_CLINICIAN',
});
const asProvider = { 'session/read-state': () => ok(makeSession({ role: provider })) };

describe('marked rows', () => {
  it('are put on Watch together, and taken off when all of them are there', async () => {
    const onWatch = new Set<string>();
    desk = await mountDesk({
      'lists/set-watched': ({ ubrns, isWatched }) => {
        ubrns.forEach((ubrn) => (isWatched ? onWatch.add(ubrn) : onWatch.delete(ubrn)));
        return ok({ watched: onWatch.size });
      },
      'lists/read': ({ list }) =>
        ok({
          list,
          rows: (list === 'WATCH' ? [...onWatch] : []).map((ubrn) => ({
            ...{ ubrn, nhsNumber: null, priority: null, reason: 'watched', context: '', due: null },
            addedAt: '2026-11-23T10:42:10.000Z',
          })),
          ...{ readAt: '2026-11-23T10:42:10.000Z', isKept: true, dropped: 0, unreadable: 0 },
        }),
    });
    const [first = '', , third = ''] = rowIds();
    await desk.press(' ', 'ArrowDown', 'ArrowDown', ' ', 'Ctrl+M');
    expect(desk.fake.inputsOf('lists/set-watched')).toEqual([{ ubrns: [first, third], isWatched: true }]);
    expect(desk.statusLine()).toContain('2 referrals put on Watch');
    expect(desk.text()).toContain('Watch (2)');
    await desk.press('Ctrl+M');
    expect(desk.fake.inputsOf('lists/set-watched')[1]).toMatchObject({ isWatched: false });
    await desk.press('Escape');
    expect(desk.statusLine()).toContain('No row is marked');
    await desk.press('Ctrl+M');
    expect(desk.fake.inputsOf('lists/set-watched')[2]).toEqual({ ubrns: [third], isWatched: true });
  });

  it('are said to allow no more than that', async () => {
    desk = await mountDesk();
    await desk.press(' ', 'Ctrl+K');
    await desk.type('marked rows');
    expect(desk.text()).toContain('what changes e-RS is done for one patient at a time');
  });

  it('of the list are left alone by Ctrl+M on an open referral', async () => {
    desk = await mountDesk({ 'lists/set-watched': () => ok({ watched: 1 }) });
    const [, second = ''] = rowIds();
    await desk.press(' ', 'ArrowDown', 'Enter');
    expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('centre');
    // The stub opens nothing, so no referral is meant: the marks are not taken for it.
    await desk.press('Ctrl+M');
    expect(desk.fake.inputsOf('lists/set-watched')).toEqual([]);
    expect(desk.router.currentRoute.value.params['ubrn']).toBe(second);
  });
});

describe('while a panel is open', () => {
  it('no row moves, whatever is read; afterwards the list is as it was read', async () => {
    desk = await mountDesk();
    const before = rowIds();
    let answer: (value: unknown) => void = () => undefined;
    desk.fake.answer('worklist/fetch', () => new Promise((resolve) => (answer = resolve as never)));
    await desk.press('F5', 'Ctrl+K');
    const newcomer = makeRow(500, { priority: { code: 'TWO_WEEK_WAIT', display: '' }, created: null });
    answer(ok(makeWorklist('AWAITING_BOOKING', [newcomer, makeRow(1)])));
    await desk.settle();
    expect(rowIds()).toEqual(before);
    await desk.press('Escape');
    expect(rowIds()).toEqual([newcomer.ubrn, makeRow(1).ubrn]);
  });
});

describe('looking at a list', () => {
  it('filters by a column from F4 and Tab, and puts the empty filter row away', async () => {
    desk = await mountDesk();
    await desk.press('F4');
    const fields = [...document.querySelectorAll<HTMLInputElement>('.worklist-filters input')];
    expect(fields).toHaveLength(7);
    fields[3]?.focus();
    await desk.type('derma');
    expect(desk.text()).toContain('29 of 120 referrals');
    await desk.press('Enter');
    expect(document.activeElement?.getAttribute('role')).toBe('grid');
    expect(document.querySelector('.worklist-filters')).not.toBeNull();
    await desk.press('F4', 'Escape');
    expect(document.querySelector('.worklist-filters')).toBeNull();
    expect(desk.text()).toContain('114 of 120 referrals');
  });

  it('shows with F8 what is hidden, in this list only', async () => {
    desk = await mountDesk();
    expect(desk.text()).toContain('6 deferred or at triage hidden: F8 shows them');
    await desk.press('F8');
    expect(desk.statusLine()).toContain('Awaiting Booking: 120 referrals');
    await desk.press('Ctrl+2', 'F8');
    expect(desk.statusLine()).toContain('this list hides no rows');
  });

  it('sorts by the column that is chosen', async () => {
    desk = await mountDesk();
    const pinned = selected();
    await desk.press('Shift+F4');
    expect(document.activeElement?.closest('[role="listbox"]')).not.toBeNull();
    await desk.press('End', 'Enter');
    expect(desk.statusLine()).toContain('Sorted by UBRN, upwards');
    expect(document.querySelector('[role="columnheader"][aria-sort="ascending"]')?.textContent).toContain(
      'UBRN',
    );
    expect(selected()).toBe(pinned);
  });

  it('finds without hiding, goes round, and says when there is nothing', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+F');
    await desk.type('cancelled');
    await desk.press('Enter');
    expect(desk.statusLine()).toMatch(/Found: 1 of \d rows/);
    await desk.press('Shift+Enter');
    expect(desk.statusLine()).toMatch(/from the end/);
    expect(desk.text()).toContain('114 of 120 referrals');
    await desk.type('nobody has this');
    await desk.press('Enter');
    expect(desk.statusLine()).toContain('no row in view has these words');
    await desk.press('Escape');
    expect(document.activeElement?.getAttribute('role')).toBe('grid');
  });
});

describe('a list that cannot be had', () => {
  it('says how a provider’s list of over 10 MB is read in part, and reads it', async () => {
    desk = await mountDesk({
      ...asProvider,
      'worklist/fetch': ({ kind, filter }) =>
        filter ? ok(makeWorklist(kind, [makeRow(1)], { filter })) : fail('bad-reply', 'list-too-large'),
    });
    expect(desk.text()).toContain('Shift+F5 reads it for one service, specialty or clinician');
    await desk.press('Shift+F5');
    await desk.type('11 x');
    await desk.press('Enter');
    expect(desk.text()).toContain('A service is named by its id');
    document.querySelector<HTMLInputElement>('#narrow-service')?.focus();
    await desk.type('11001');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('worklist/fetch').at(-1)).toEqual({
      kind: 'APPOINTMENT_SLOT_ISSUES',
      filter: { serviceId: '11001', specialty: null, clinician: null },
      isReread: true,
    });
    expect(desk.text()).toContain('Narrowed by e-RS to service 11001');
  });

  it('sends a referrer’s one to the web application, for e-RS does not narrow it', async () => {
    desk = await mountDesk({ 'worklist/fetch': () => fail('bad-reply', 'list-too-large') });
    expect(desk.text()).toContain('e-RS offers no filter for a referrer’s list');
    await desk.press('Shift+F5');
    expect(desk.statusLine()).toContain('narrows the lists of a service provider only');
  });

  it('says what is missing from a list of the desk’s own', async () => {
    desk = await mountDesk({
      'lists/read': ({ list }) =>
        ok({ list, rows: [], readAt: '2026-11-23T10:42:10.000Z', isKept: false, dropped: 3, unreadable: 1 }),
    });
    await desk.press('Ctrl+7');
    expect(desk.text()).toContain('No referrals on Watch for you in this role');
    expect(desk.text()).toContain('1 entry of this list could not be read and is not shown.');
    expect(desk.text()).toContain('3 oldest entries had to go');
    expect(desk.text()).toContain('lost when you sign out');
  });
});

describe('saved filters', () => {
  const hearts: SavedFilter = {
    filterId: '00000000-0000-4000-8000-000000000001',
    list: 'AWAITING_BOOKING',
    name: 'Hearts',
    columns: [
      { column: 'any', text: 'cardio' },
      { column: 'view', text: 'all' },
      { column: 'gone', text: 'x' },
    ],
  };

  it('are used by Enter; a column that the list no longer has changes nothing', async () => {
    desk = await mountDesk({ 'lists/read-filters': () => ok({ filters: [hearts] }) });
    await desk.press('Ctrl+S', 'Enter');
    expect(desk.statusLine()).toContain('Filter “Hearts”: 30 of 120 rows');
    expect(document.querySelector<HTMLInputElement>('#worklist-filter')?.value).toBe('cardio');
  });

  it('keep nothing that may name a patient', async () => {
    desk = await mountDesk({ 'lists/save-filter': (input) => ok({ ...hearts, ...input }) });
    await desk.press('F4');
    await desk.type('999 000 1234');
    const fields = [...document.querySelectorAll<HTMLInputElement>('.worklist-filters input')];
    fields[1]?.focus();
    await desk.type('smith');
    fields[4]?.focus();
    await desk.type('not booked');
    await desk.press('Enter', 'Ctrl+S');
    expect(desk.text()).toContain('Not kept, because it may name a patient: Filter, Name.');
    await desk.type('9990001234');
    await desk.press('Enter');
    expect(desk.text()).toContain('must not hold a number of a patient');
    await desk.type('Waiting');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('lists/save-filter')).toEqual([
      {
        list: 'AWAITING_BOOKING',
        name: 'Waiting',
        columns: [{ column: 'status', text: 'not booked' }],
      },
    ]);
  });

  it('are removed by Del', async () => {
    desk = await mountDesk({
      'lists/read-filters': () => ok({ filters: [hearts] }),
      'lists/remove-filter': () => ok({}),
    });
    await desk.press('Ctrl+S', 'Delete');
    expect(desk.fake.inputsOf('lists/remove-filter')).toEqual([{ filterId: hearts.filterId }]);
    expect(desk.text()).toContain('No filter of this list has a name yet');
  });
});

describe('the tasks', () => {
  const tasks = [makeTask(1, { kind: 'no-appointment' }), makeTask(2, { isDue: true })];

  it('stand in the header and in their list; Enter opens, Del and Ctrl+Enter finish', async () => {
    desk = await mountDesk({
      'tasks/read': () => ok(makeTasks(tasks)),
      'tasks/finish': () => ok({}),
    });
    expect(document.querySelector('.task-badge')?.textContent).toContain('▲ Tasks 2, 1 must not wait, 1 due');
    await desk.press('Ctrl+T', 'ArrowDown');
    expect(desk.text()).toContain('No appointment');
    await desk.press('Delete', 'Enter');
    expect(desk.statusLine()).toContain('Enter does not finish the task');
    await desk.press('Ctrl+Enter');
    expect(desk.text()).toContain('Choose with the arrow keys');
    expect(desk.fake.inputsOf('tasks/finish')).toEqual([]);
    const outcome = document.querySelector<HTMLSelectElement>('#task-outcome');
    if (outcome) outcome.value = 'no-answer';
    outcome?.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('tasks/finish')).toEqual([
      { taskId: tasks[1]?.taskId, outcome: 'no-answer', note: '' },
    ]);
    await desk.press('Enter');
    expect(desk.router.currentRoute.value.params['ubrn']).toBe(tasks[1]?.ubrn);
    await desk.press('Alt+ArrowUp');
    expect(desk.router.currentRoute.value.params['ubrn']).toBe(tasks[0]?.ubrn);
  });

  it('take a ring-back for the chosen row, and say what is wrong with its time', async () => {
    desk = await mountDesk({ 'tasks/add': ({ ubrn, note }) => ok(makeTask(3, { ubrn, note })) });
    const ubrn = selected();
    await desk.press('Ctrl+B');
    await desk.type('Wants a Friday');
    document.querySelector<HTMLInputElement>('#ring-back-when')?.focus();
    await desk.type('yesterday');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('tasks/add')).toEqual([]);
    expect(document.querySelector('.nhsuk-error-summary')?.textContent).toContain(
      'Type a time such as 14:30',
    );
    document.querySelector<HTMLInputElement>('#ring-back-when')?.focus();
    await desk.type('14:30');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('tasks/add')).toEqual([
      { ubrn, note: 'Wants a Friday', dueAt: '2026-11-23T14:30:00.000Z' },
    ]);
    expect(desk.statusLine()).toContain('Ring-back noted for Mon 23-Nov-2026 14:30');
  });

  it('go with the lock', async () => {
    desk = await mountDesk({ 'tasks/read': () => ok(makeTasks(tasks)) });
    await desk.press('Ctrl+T', 'Ctrl+L');
    expect(desk.text()).not.toContain('note 1');
  });

  it('give the keys back to the list that is chosen next', async () => {
    desk = await mountDesk();
    await desk.press('Ctrl+T');
    expect(desk.text()).toContain('No tasks for you in this role');
    await desk.press('F4');
    expect(desk.statusLine()).toContain('the tasks are on show');
    await desk.press('Ctrl+1', 'ArrowDown');
    expect(selected()).toBe(rowIds()[1]);
  });
});
