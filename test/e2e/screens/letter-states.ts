/** Letters checked and printed: the verdicts, the print panel, a batch, and the print log. */
import type {
  Letter,
  PrintBatch,
  PrintBatchItem,
  Printer,
  PrintJob,
  PrintLogRow,
} from '../../../src-main/contract/channels/letters.ts';
import { ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { listRead, openBookable } from './reach.ts';
import type { ScreenState } from './registry.ts';

const AT = '2026-11-23T10:40:00.000Z';
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const PRINTERS: Printer[] = [
  {
    ...{ name: 'Front-desk', description: 'HP LaserJet, room 12', isDefault: false, isChosen: true },
    ...{ state: 'ready', reasons: ['toner-low'], canPrintLarge: false },
  },
  {
    ...{ name: 'Copy-room', description: 'Ricoh, first floor', isDefault: true, isChosen: false },
    ...{ state: 'stopped', reasons: ['paper-out'], canPrintLarge: true },
  },
];

const SAME: Letter['checks'] = [
  { what: 'nhs-number', result: 'same', inLetter: '9990000018', expected: '9990000018' },
  { what: 'ubrn', result: 'same', inLetter: '000049000001', expected: '000049000001' },
  { what: 'name', result: 'same', inLetter: 'Mrs Grace Okafor', expected: 'Okafor' },
  { what: 'date', result: 'same', inLetter: '2027-01-05', expected: '2027-01-05' },
  { what: 'time', result: 'same', inLetter: '14:30', expected: '14:30' },
  { what: 'pages', result: 'same', inLetter: '2', expected: '2' },
];
const DIFFERENT: Letter['checks'] = [
  ...SAME.slice(0, 3),
  { what: 'date', result: 'different', inLetter: '2027-01-12', expected: '2027-01-05' },
  { what: 'time', result: 'different', inLetter: '13:30', expected: '14:30' },
];

/** The real letter, with another verdict of main's. */
async function openLetter(desk: ClerkDesk, changes: Partial<Letter>): Promise<void> {
  const ubrn = await openBookable(desk);
  const sender = { isTrusted: true, place: 'test' };
  desk.scripted.script('letters/fetch', async () => {
    const real = (await desk.app.handle('letters/fetch', { ubrn }, sender)) as Outcome<Letter>;
    return real.ok ? ok({ ...real.value, printedAt: null, needsPhone: false, ...changes }) : real;
  });
  desk.scripted.script('letters/read-printers', ok({ printers: PRINTERS }));
  await desk.press('F9');
  await desk.page.locator('[data-drawn="true"]').first().waitFor();
}

const MATCHES: Partial<Letter> = { verdict: 'matches', checks: SAME };

const letters: ScreenState[] = [
  {
    name: 'letter--differs',
    shows: /This letter differs from the referral/,
    reach: (desk) => openLetter(desk, { verdict: 'differs', checks: DIFFERENT }),
  },
  {
    name: 'letter--not-checked',
    shows: /Not checked/,
    reach: (desk) =>
      openLetter(desk, {
        verdict: 'not-checked',
        checks: [...SAME.slice(0, 2), { what: 'time', result: 'missing', inLetter: '', expected: '14:30' }],
      }),
  },
];

const jobOf = (ubrn: string, changes: Partial<PrintJob>): PrintJob => ({
  ...{ printId: id(1), ubrn, state: 'printing', code: '', printer: 'Front-desk', pages: 2, copies: 1 },
  ...{ sheetsExpected: 2, sheetsCounted: null, at: AT },
  ...changes,
});

/** The letter is with the printer, and stands there as told. */
async function printLetter(desk: ClerkDesk, changes: Partial<PrintJob>): Promise<void> {
  await openLetter(desk, MATCHES);
  const ubrn = /UBRN\s+([\d ]{14})/.exec(await desk.text())?.[1]?.replaceAll(' ', '') ?? '';
  desk.scripted.script('letters/print', ok(jobOf(ubrn, changes)));
  await desk.press('Ctrl+P');
  await desk.page.locator('#printer').waitFor();
  await desk.press('Enter');
}

const prints: ScreenState[] = [
  {
    name: 'print--panel',
    shows: /this desk’s printer/,
    async reach(desk) {
      await openLetter(desk, MATCHES);
      await desk.press('Ctrl+P');
    },
  },
  {
    name: 'print--reasons',
    shows: /Choose why it is printed again/,
    async reach(desk) {
      await openLetter(desk, {
        ...{ verdict: 'not-checked', checks: [], printedAt: '2026-11-23T09:15:00.000Z', needsPhone: true },
      });
      await desk.press('Ctrl+P');
      await desk.page.locator('#print-reason').waitFor();
      await desk.shows(/this desk’s printer/);
      await desk.press('Enter');
    },
  },
  {
    name: 'print--held-up',
    shows: /Held up: out of paper/,
    reach: (desk) => printLetter(desk, { state: 'held-up', code: 'paper-out' }),
  },
  {
    name: 'print--count',
    shows: /How many sheets came out/,
    reach: (desk) => printLetter(desk, { state: 'printed' }),
  },
];

/** Letters of the training world in the order of its list, standing as told. */
function batchOf(desk: ClerkDesk, changes: Partial<PrintBatch>, reached: number): PrintBatch {
  const ubrns = [...desk.service.world.findScene('bookable')].slice(0, 30);
  const items = ubrns.map((ubrn, n): PrintBatchItem => {
    const item = { ubrn, initials: ['G.O.', 'J.S.', 'Z.Ż.', 'M.W.'][n % 4] ?? '', code: '', pages: 2 };
    if (n === 4) return { ...item, state: 'set-aside', code: 'letter-differs' };
    if (n === 9) return { ...item, state: 'set-aside', code: 'phone-first' };
    if (n < reached) return { ...item, state: 'printed' };
    return { ...item, state: n === reached ? 'printing' : 'waiting' };
  });
  return {
    ...{ batchId: id(2), state: 'running', code: '', printer: 'Front-desk', items, sheetsExpected: 57 },
    ...{ sheetsCounted: null, ...changes },
  };
}

async function printBatch(desk: ClerkDesk, changes: Partial<PrintBatch>, reached: number): Promise<void> {
  await listRead(desk);
  const plan = batchOf(desk, { state: 'planned' }, 0);
  const waiting = plan.items.map((item) =>
    item.state === 'printing' ? { ...item, state: 'waiting' as const } : item,
  );
  desk.scripted.script('letters/plan-batch', ok({ ...plan, items: waiting }));
  desk.scripted.script('letters/start-batch', ok(batchOf(desk, changes, reached)));
  desk.scripted.script('letters/read-printers', ok({ printers: PRINTERS }));
  await desk.press('Home', 'Space', 'End', 'Shift+Space', 'Ctrl+P');
  await desk.page.locator('#printer').waitFor();
  if (changes.state !== 'planned') await desk.press('Enter');
}

const batches: ScreenState[] = [
  {
    name: 'batch--plan',
    shows: /in the order of the list/,
    reach: (desk) => printBatch(desk, { state: 'planned' }, 0),
  },
  {
    name: 'batch--running',
    shows: /12 of 30 printed, 2 put aside/,
    reach: (desk) => printBatch(desk, {}, 14),
  },
  {
    name: 'batch--paused',
    shows: /Paused: Front-desk is out of paper/,
    reach: (desk) => printBatch(desk, { state: 'paused', code: 'paper-out' }, 14),
  },
  {
    name: 'batch--done',
    shows: /How many sheets came out/,
    reach: (desk) => printBatch(desk, { state: 'done' }, 30),
  },
];

function logRows(desk: ClerkDesk): PrintLogRow[] {
  const ubrns = [...desk.service.world.findScene('bookable')].slice(0, 6);
  return ubrns.map((ubrn, n) => ({
    ...{
      printId: id(10 + n),
      at: `2026-11-23T10:3${9 - n}:00.000Z`,
      userId: '555000000101',
      userName: 'Alex Clerk',
    },
    ...{
      ubrn,
      printer: 'Front-desk',
      pages: 2,
      copies: 1,
      version: String(5 + n),
      hash: 'c0ffee12'.repeat(8),
    },
    reason: n === 3 ? 'damaged' : '',
    state: n === 1 ? ('unknown' as const) : ('printed' as const),
    sheetsCounted: n === 1 ? null : 2,
    isSuperseded: n === 2,
  }));
}

export const LETTER_SCREENS: readonly ScreenState[] = [
  ...letters,
  ...prints,
  ...batches,
  {
    name: 'print-log--ready',
    shows: /Out of date: call it back/,
    async reach(desk) {
      await listRead(desk);
      desk.scripted.script('letters/read-print-log', ok({ rows: logRows(desk) }));
      await desk.press('Ctrl+Shift+P');
    },
  },
];
