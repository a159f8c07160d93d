/** The lists of both desks, how a clerk looks at them, and the tasks; what main tells is scripted where it must be. */
import type { LocalListKind, LocalRow } from '../../../src-main/contract/channels/lists.ts';
import type { Task, TaskKind } from '../../../src-main/contract/channels/tasks.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { listRead, problem, PROBLEM_SHOWN } from './reach.ts';
import type { ScreenState } from './registry.ts';

const READ_AT = '2026-11-23T10:40:00.000Z';
const SENDER = { isTrusted: true, place: 'test' };
const PROVIDER_ROLE = 'R68.SERVICE_PROVIDER_CLINICIAN';

/** Patients of the training world, so that their names are found. */
const people = (desk: ClerkDesk) =>
  desk.service.world.listReferrals().filter(({ state }) => state === 'NOT_BOOKED');

const REASONS: readonly (readonly [string, string | null])[] = [
  ['deferred', '2026-11-20'],
  ['watched', null],
  ['sent-for-triage', '2026-11-23'],
  ['deferred', '2026-12-04'],
];

function localRow(changes: Partial<LocalRow>): LocalRow {
  const nobody = { ubrn: '', nhsNumber: null, priority: null, context: '', due: null };
  return { ...nobody, reason: 'watched', addedAt: READ_AT, ...changes };
}

/** The desk's own lists: this one has these rows, the others none. */
function scriptLocal(desk: ClerkDesk, list: LocalListKind, rows: readonly LocalRow[]): void {
  desk.scripted.script('lists/read', async (input) => {
    const isAsked = (input as { list: LocalListKind }).list === list;
    return ok({
      list: (input as { list: LocalListKind }).list,
      rows: isAsked ? [...rows] : [],
      ...{ readAt: READ_AT, isKept: true, dropped: 0, unreadable: 0 },
    });
  });
}

const watchedRows = (desk: ClerkDesk) =>
  REASONS.map(([reason, due], at) => {
    const { ubrn, nhsNumber, priority, specialty } = people(desk)[at] ?? people(desk)[0]!;
    return localRow({
      ubrn,
      nhsNumber,
      reason,
      due,
      context: specialty,
      priority: { code: priority, display: '' },
    });
  });

const TASKS: readonly (readonly [TaskKind, string, string | null])[] = [
  ['no-appointment', 'General Cardiology Clinic', null],
  ['ring-provider-today', 'Two Week Wait Skin Clinic', '2026-11-23T16:00:00.000Z'],
  [
    'ring-back',
    'Ask which bus goes there, and whether the daughter may come too',
    '2026-11-23T10:30:00.000Z',
  ],
  ['ring-back', 'Wants a Friday', null],
];

function scriptTasks(desk: ClerkDesk): void {
  const tasks = TASKS.map(([kind, note, dueAt], at): Task => {
    const { ubrn, nhsNumber } = people(desk)[at] ?? { ubrn: '', nhsNumber: null };
    const taskId = `00000000-0000-4000-8000-00000000000${at}`;
    const isDue = dueAt !== null && dueAt < READ_AT;
    return { taskId, kind, ubrn, nhsNumber, note, dueAt, createdAt: READ_AT, isDue };
  });
  desk.scripted.script(
    'tasks/read',
    ok({ tasks, counts: { open: 4, due: 1, red: 2 }, isKept: true, unreadable: 0 }),
  );
}

async function atLists(desk: ClerkDesk, ...keys: readonly string[]): Promise<void> {
  await listRead(desk);
  await desk.press(...keys);
}

async function atTasks(desk: ClerkDesk, ...keys: readonly string[]): Promise<void> {
  scriptTasks(desk);
  await desk.page.reload();
  await atLists(desk, 'Ctrl+T');
  await desk.shows(/Ring the provider today[\s\S]*[A-Z]{3,}, [A-Z][a-z]+/);
  await desk.press(...keys);
}

async function atProviderDesk(desk: ClerkDesk): Promise<void> {
  await desk.app.handle('session/choose-role', { roleId: PROVIDER_ROLE }, SENDER);
  await desk.page.reload();
}

const views: ScreenState[] = [
  {
    name: 'lists--filter-row',
    shows: /\d+ of \d+ referrals, read/,
    async reach(desk) {
      await atLists(desk, 'F4', 'Tab');
      await desk.type('2');
      await desk.press('Tab', 'Tab', 'Tab');
      await desk.type('card');
    },
  },
  {
    name: 'lists--all-rows',
    shows: /F8 hides it/,
    reach: (desk) => atLists(desk, 'F8'),
  },
  {
    name: 'lists--marked',
    shows: /5 marked: Ctrl\+M watches them/,
    async reach(desk) {
      await listRead(desk);
      await desk.press('ArrowDown');
      // Scripted, so that no other picture has a referral on Watch.
      const ubrn = await desk.selected();
      scriptLocal(desk, 'WATCH', [localRow({ ubrn, reason: 'watched' })]);
      desk.scripted.script('lists/set-watched', ok({ watched: 1 }));
      await desk.press('Ctrl+M', 'ArrowDown', 'Space', 'ArrowDown', 'ArrowDown', 'ArrowDown');
      await desk.press('ArrowDown', 'Shift+Space');
    },
  },
  { name: 'lists--sort', shows: /Sort the list/, reach: (desk) => atLists(desk, 'Shift+F4') },
  {
    name: 'lists--saved-filters',
    shows: /Cancelled ones/,
    async reach(desk) {
      desk.scripted.script(
        'lists/read-filters',
        ok({
          filters: [
            {
              filterId: '00000000-0000-4000-8000-000000000001',
              list: 'AWAITING_BOOKING',
              name: 'Cancelled ones',
              columns: [{ column: 'status', text: 'cancelled' }],
            },
          ],
        }),
      );
      await atLists(desk, 'F4');
      await desk.type('cardio');
      await desk.press('Enter', 'Ctrl+S');
    },
  },
  {
    name: 'lists--find',
    shows: /Found: \d+ of \d+ rows/,
    async reach(desk) {
      await atLists(desk, 'Ctrl+F');
      await desk.type('urgent');
      await desk.press('Enter', 'F3');
    },
  },
];

const own: ScreenState[] = [
  {
    name: 'lists--watch',
    shows: /overdue/,
    async reach(desk) {
      scriptLocal(desk, 'WATCH', watchedRows(desk));
      await desk.page.reload();
      await atLists(desk, 'Ctrl+7');
      await desk.page.locator('.worklist-cell__name').nth(3).waitFor();
    },
  },
  {
    name: 'lists--due-today-empty',
    shows: /No referrals due today for you in this role/,
    reach: (desk) => atLists(desk, 'Ctrl+U'),
  },
  { name: 'tasks--ready', shows: /must not wait/, reach: (desk) => atTasks(desk) },
  { name: 'tasks--finish', shows: /What became of it/, reach: (desk) => atTasks(desk, 'Delete') },
  {
    name: 'tasks--ring-back',
    shows: /Tue 24-Nov-2026 09:30/,
    async reach(desk) {
      await atLists(desk, 'ArrowDown', 'Ctrl+B');
      await desk.type('Wants a Friday');
      await desk.press('Tab');
      await desk.type('tomorrow 9:30');
    },
  },
];

const provider: ScreenState[] = [
  {
    name: 'lists--slot-issues',
    shows: /Days count from the start of the pathway/,
    reach: atProviderDesk,
  },
  {
    name: 'lists--too-large',
    shows: PROBLEM_SHOWN,
    async reach(desk) {
      desk.scripted.script('worklist/fetch', problem('bad-reply', 'list-too-large'));
      await atProviderDesk(desk);
    },
  },
  {
    name: 'lists--narrow',
    shows: /Service id/,
    async reach(desk) {
      await atProviderDesk(desk);
      await atLists(desk, 'Shift+F5');
    },
  },
];

export const LIST_SCREENS: readonly ScreenState[] = [...views, ...own, ...provider];
