// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { useBatchStore } from '../../../src-renderer/features/letters/printing/batch.store.ts';
import { makeRole, makeSession } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';
import { BATCH_ID, makeBatch, makeLogRow, makePrinter } from './letter-fakes.ts';

const stub = vi.hoisted(() => async () => ({
  default: (await import('../../support/stub-screen.ts')).StubScreen,
}));
vi.mock('../../../src-renderer/features/referral/ReferralScreen.vue', stub);
vi.mock('../../../src-renderer/features/slots/SlotsScreen.vue', stub);
vi.mock('../../../src-renderer/features/letters/LetterScreen.vue', stub);

let desk: MountedDesk;
afterEach(() => desk.unmount());

const DIFFERS = 'set-aside:letter-differs';
const panel = () => document.querySelector('[role="dialog"]')?.textContent ?? '';
const selected = () =>
  document.querySelector('[aria-selected="true"]')?.id.replace('worklist-row-', '') ?? '';
const push = async (...batch: Parameters<typeof makeBatch>) => {
  desk.fake.push('letters/batch-changed', makeBatch(...batch));
  await desk.settle();
};

const answers: FakeAnswers = {
  'letters/read-printers': () => ok({ printers: [makePrinter('Front desk', { isChosen: true })] }),
  'letters/plan-batch': ({ ubrns }) =>
    ok(
      makeBatch([...ubrns.slice(1).map(() => 'waiting'), 'set-aside:patient-deceased'], { state: 'planned' }),
    ),
  'letters/start-batch': () => ok(makeBatch(['fetching', 'waiting', 'waiting'])),
  'letters/pause-batch': () => ok(makeBatch(['printed', 'waiting', 'waiting'], { state: 'paused' })),
  'letters/resume-batch': () => ok(makeBatch(['printed', 'fetching', 'waiting'])),
  'letters/cancel-batch': () => ok(makeBatch(['printed', 'cancelled', 'cancelled'], { state: 'cancelled' })),
  'letters/count-batch-sheets': ({ sheets }) =>
    ok(
      makeBatch(['printed', 'printed', DIFFERS], { state: 'done', sheetsExpected: 5, sheetsCounted: sheets }),
    ),
};

/** Marks four rows and opens the batch panel; gives their referrals in the order of the list. */
async function planBatch(changes: FakeAnswers = {}): Promise<readonly string[]> {
  desk = await mountDesk({ ...answers, ...changes });
  const first = selected();
  await desk.press(' ', 'ArrowDown', 'ArrowDown');
  const third = selected();
  await desk.press(' ', 'Ctrl+P');
  return [first, third];
}

async function startBatch(changes: FakeAnswers = {}): Promise<void> {
  await planBatch(changes);
  await desk.press('Enter');
}

describe('a batch of letters', () => {
  it('is planned of the marked rows in their order, and Enter starts it on this desk’s printer', async () => {
    const marked = await planBatch();
    expect(desk.fake.inputsOf('letters/plan-batch')).toEqual([{ ubrns: marked }]);
    expect(panel()).toContain('1 letter in the order of the list');
    expect(panel()).toContain('cover sheet');
    expect(panel()).toContain('Put aside already: 1 letter');
    expect(panel()).toContain('PDS says that the patient has died');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('letters/start-batch')).toEqual([
      { batchId: BATCH_ID, printer: 'Front desk', isLarge: false },
    ]);
    expect(panel()).toContain('0 of 3 printed');
    expect(panel()).toContain('Fetching and checking J.S., 0000\u00a04900\u00a00000');
    await desk.press('Escape');
    expect(desk.text()).not.toContain('marked: Ctrl+M');
  });

  it('tells how far it is, pauses and goes on by Ctrl+P, and leaves the rows standing meanwhile', async () => {
    await startBatch();
    await push(['printed', 'printing', DIFFERS]);
    expect(panel()).toContain('1 of 3 printed, 1 put aside');
    expect(panel()).toContain('Put aside: 1 letter');
    expect(panel()).toContain('the letter differs from the referral');
    await desk.press('Ctrl+P');
    expect(desk.fake.inputsOf('letters/pause-batch')).toHaveLength(1);
    expect(panel()).toContain('Paused');
    await desk.press('Ctrl+P');
    expect(desk.fake.inputsOf('letters/resume-batch')).toHaveLength(1);
  });

  it('says why it stands still, also when its panel is closed, and Enter goes on', async () => {
    await startBatch();
    await desk.press('Escape');
    expect(desk.statusLine()).toContain('The batch goes on');
    await push(['printed', 'waiting', 'waiting'], { state: 'paused', code: 'paper-out' });
    expect(desk.statusLine()).toContain('Paused: Front desk is out of paper');
    expect(document.querySelector('.print-badge')?.textContent).toContain('Letters PAUSED: 1 of 3 printed');
    await desk.press('Ctrl+P');
    expect(panel()).toContain('Put paper in. Then Enter goes on from the letter that was not printed');
    expect(document.activeElement?.textContent).toContain('Go on');
  });

  it('is cancelled only after a question', async () => {
    await startBatch();
    await desk.press('Delete');
    expect(panel()).toContain('3 letters will NOT be printed');
    expect(document.activeElement?.textContent).toContain('Keep it');
    expect(desk.fake.inputsOf('letters/cancel-batch')).toEqual([]);
    await desk.press('Ctrl+Enter');
    expect(desk.fake.inputsOf('letters/cancel-batch')).toHaveLength(1);
    expect(panel()).toContain('1 of 3 printed, 2 cancelled and NOT printed');
    expect(panel()).toContain('How many sheets came out?');
  });

  it('is counted once for the whole stack, then Enter opens what was put aside', async () => {
    await startBatch();
    await push(['printed', 'printed', DIFFERS], { state: 'done', sheetsExpected: 5 });
    expect(panel()).toContain('5 sheets expected, the cover sheet among them');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('letters/count-batch-sheets')).toEqual([{ batchId: BATCH_ID, sheets: 5 }]);
    expect(panel()).toContain('To be looked at alone: 1 letter');
    expect(document.activeElement?.id).toBe('aside-list');
    await desk.press('Enter');
    expect(panel()).toBe('');
    expect(desk.router.currentRoute.value).toMatchObject({
      name: 'letter',
      params: { ubrn: '000049000002' },
    });
  });

  it('whose stack does not fit is not to be posted', async () => {
    await startBatch();
    await push(['printed', 'printed', DIFFERS], { state: 'done', sheetsExpected: 5 });
    await desk.type('4');
    await desk.press('Enter');
    expect(panel()).toContain('1 sheet missing. Do not post the stack yet');
  });

  it('takes all of Letters to print where no row is marked, and refuses elsewhere with the reason', async () => {
    const row = (n: number) => ({
      ...{
        ubrn: `00004900000${n}`,
        nhsNumber: null,
        priority: null,
        reason: 'booked',
        context: '',
        due: null,
      },
      addedAt: '2026-11-23T10:42:10.000Z',
    });
    desk = await mountDesk({
      ...answers,
      'lists/read': ({ list }) =>
        ok({
          ...{ list, rows: list === 'LETTERS_TO_PRINT' ? [row(3), row(1)] : [], readAt: row(1).addedAt },
          ...{ isKept: true, dropped: 0, unreadable: 0 },
        }),
    });
    await desk.press('Ctrl+P');
    expect(desk.statusLine()).toContain('mark rows with Space first');
    await desk.press('Ctrl+8');
    const shown = [...document.querySelectorAll('[id^="worklist-row-"]')].map(({ id }) => id.slice(-12));
    expect(shown).toHaveLength(2);
    await desk.press('Ctrl+P');
    expect(desk.fake.inputsOf('letters/plan-batch')).toEqual([{ ubrns: shown }]);
  });

  it('needs a role that may fetch letters', async () => {
    const role = makeRole({ canReadLetters: false });
    await planBatch({ 'session/read-state': () => ok(makeSession({ role })) });
    expect(desk.statusLine()).toContain('cannot fetch letters. Alt+R changes the role');
  });

  it('goes by what is pushed last, and is forgotten at a lock', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await startBatch({
      'letters/start-batch': async () => (await gate, ok(makeBatch(['waiting', 'waiting', 'waiting']))),
    });
    await push(['printed', 'printing', 'waiting']);
    release();
    await desk.settle();
    expect(panel()).toContain('1 of 3 printed');
    await desk.press('Ctrl+L');
    expect([useBatchStore().batch, panel()]).toEqual([null, '']);
    await push(['printed', 'printed', 'printed'], { state: 'done' });
    expect(useBatchStore().batch).toBeNull();
  });
});

describe('the print log', () => {
  const rows = [
    makeLogRow(1, { isSuperseded: true }),
    makeLogRow(2, { state: 'unknown', sheetsCounted: null, copies: 2, reason: 'damaged' }),
  ];
  const log: FakeAnswers = {
    'letters/read-print-log': ({ ubrn }) =>
      ok({ rows: ubrn === null ? rows : rows.filter((row) => row.ubrn === ubrn) }),
    'letters/export-print-log': () => ok({ isSaved: true }),
  };

  it('lists every print with what became of it, marks those that are out of date, and is saved', async () => {
    desk = await mountDesk(log);
    await desk.press('Ctrl+Shift+P');
    expect(panel()).toContain('All referrals: 2 prints');
    expect(panel()).toContain('Out of date: call it back');
    expect(panel()).toContain('May be printed');
    expect(panel()).toContain('2 pages, 2 copies, not counted');
    await desk.press('Ctrl+S');
    expect(desk.fake.inputsOf('letters/export-print-log')).toHaveLength(1);
    expect(desk.statusLine()).toContain('The print log is saved');
    await desk.press('F8');
    expect(desk.statusLine()).toContain('no referral is open');
    await desk.press('ArrowDown', 'Enter');
    expect(desk.router.currentRoute.value).toMatchObject({ name: 'letter', params: { ubrn: rows[1]?.ubrn } });
  });

  it('begins with the open referral, and F8 shows all', async () => {
    desk = await mountDesk(log);
    await desk.press('Home', 'ArrowDown', 'Enter', 'Ctrl+Shift+P');
    const ubrn = String(desk.router.currentRoute.value.params['ubrn']);
    expect(desk.fake.inputsOf('letters/read-print-log')).toEqual([{ ubrn }]);
    expect(panel()).toContain('only');
    await desk.press('F8');
    expect(desk.fake.inputsOf('letters/read-print-log')[1]).toEqual({ ubrn: null });
  });
});
