// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Letter, PrintJob } from '../../../src-main/contract/channels/letters.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import type { OpenLetter } from '../../../src-renderer/features/letters/open-pdf.ts';
import { usePrintStore } from '../../../src-renderer/features/letters/printing/print.store.ts';
import { READ_AT } from '../../support/fake-data.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import type { MountedDesk } from '../../support/mount-desk.ts';
import { mountReferral } from '../referral/mount-referral.ts';
import { LETTER_ID, makeJob, makeLetter, makeLetterPage, makePrinter, PRINT_ID } from './letter-fakes.ts';

const open = vi.hoisted(() => ({ letter: null as unknown as () => Promise<OpenLetter> }));
vi.mock('../../../src-renderer/features/letters/open-pdf.ts', () => ({ openPdf: () => open.letter() }));

let desk: MountedDesk;
let ubrn = '';
const PRINTERS = [
  makePrinter('Attic', { description: 'An old one', state: 'stopped', reasons: ['paper-out', 'cover-open'] }),
  makePrinter('Back room', { isDefault: true, canPrintLarge: true }),
  makePrinter('Front desk', { isChosen: true }),
];

/** The desk with a letter on show. */
async function openLetter(letter: Partial<Letter> = {}, answers: FakeAnswers = {}): Promise<void> {
  desk = await mountReferral({
    'letters/fetch': (input) => ok(makeLetter({ ...letter, ubrn: input.ubrn })),
    'letters/read-printers': () => ok({ printers: PRINTERS }),
    'letters/choose-printer': () => ok({}),
    'letters/print': () => ok(job()),
    'letters/cancel-print': () => ok(job({ state: 'cancelled' })),
    'letters/count-sheets': ({ sheets }) => ok(job({ state: 'printed', sheetsCounted: sheets })),
    ...answers,
  });
  ubrn = String(desk.router.currentRoute.value.params['ubrn']);
  await desk.press('F9');
}

const job = (changes: Partial<PrintJob> = {}) => makeJob({ ubrn, ...changes });
const push = async (changes: Partial<PrintJob>) => {
  desk.fake.push('letters/print-changed', job(changes));
  await desk.settle();
};
const printed = () => desk.fake.inputsOf('letters/print');
const panel = () => document.querySelector('[role="dialog"]')?.textContent ?? '';
const focused = () => document.activeElement?.id ?? '';

beforeEach(() => {
  open.letter = async () => ({
    pages: [makeLetterPage('Your appointment'), makeLetterPage('Access code: ABCD EFGH')],
    draw: async () => undefined,
    destroy: async () => undefined,
  });
});
afterEach(() => desk.unmount());

describe('the print panel', () => {
  it('prints a letter that matches by Ctrl+P Enter, on this desk’s printer, and counts by Enter', async () => {
    await openLetter();
    await desk.press('Ctrl+P');
    expect(panel()).toContain('one-sided');
    const lines = [...document.querySelectorAll('#printer option')].map((line) => line.textContent?.trim());
    expect(lines).toEqual([
      'Front desk – ready, this desk’s printer',
      'Back room – ready',
      'Attic (An old one) – stopped: out of paper, cover open',
    ]);
    expect(panel()).not.toContain('Large print');
    await desk.press('Enter');
    expect(printed()).toEqual([
      {
        ...{ letterId: LETTER_ID, printer: 'Front desk', copies: 1, isLarge: false },
        ...{ reason: null, note: '', isReadByClerk: false, isPhoned: false },
      },
    ]);
    expect(panel()).toContain('Printing');
    await push({ state: 'printed' });
    expect(panel()).toContain('How many sheets came out?');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('letters/count-sheets')).toEqual([{ printId: PRINT_ID, sheets: 2 }]);
    expect(panel()).toBe('');
    expect(desk.statusLine()).toContain('Printed and counted: 2 sheets');
    expect(desk.fake.inputsOf('letters/choose-printer')).toEqual([]);
  });

  it('opens by itself when Ctrl+P was pressed while the letter was fetched', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await openLetter(
      {},
      { 'letters/fetch': async (input) => (await gate, ok(makeLetter({ ubrn: input.ubrn }))) },
    );
    await desk.press('Ctrl+P');
    expect([desk.statusLine(), panel()]).toEqual(['Print: the panel opens when the letter is here.', '']);
    release();
    await desk.settle();
    expect(panel()).toContain('Print the letter');
  });

  it('offers large print where the printer can, warns of one that stands still, keeps the choice', async () => {
    await openLetter();
    await desk.press('Ctrl+P');
    const list = document.querySelector<HTMLSelectElement>('#printer');
    if (list === null) throw new Error('no list');
    list.value = 'Attic';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.settle();
    expect(panel()).toContain('This printer does not print now. Put paper in. Close the cover.');
    list.value = 'Back room';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.settle();
    expect(panel()).toContain('Large print');
    document.querySelector<HTMLInputElement>('.print-tick input')?.click();
    await desk.press('Enter');
    expect(printed()[0]).toMatchObject({ printer: 'Back room', isLarge: true });
    expect(desk.fake.inputsOf('letters/choose-printer')).toEqual([{ name: 'Back room' }]);
  });

  it('asks first what is missing: the reason, the reading, the call; and says each', async () => {
    await openLetter({ printedAt: READ_AT, verdict: 'not-checked', checks: [], needsPhone: true });
    await desk.press('Ctrl+P');
    expect(panel()).toContain('Printed Mon 23-Nov-2026 10:42 already.');
    expect(focused()).toBe('print-reason');
    await desk.press('Enter');
    expect(panel()).toContain('Choose why it is printed again');
    const reason = document.querySelector<HTMLSelectElement>('#print-reason');
    if (reason === null) throw new Error('no reasons');
    reason.value = 'damaged';
    reason.dispatchEvent(new Event('change', { bubbles: true }));
    await desk.press('Enter');
    expect([focused(), panel().includes('then tick that you have')]).toEqual(['print-read', true]);
    document.getElementById('print-read')?.click();
    await desk.press('Enter');
    expect([focused(), panel().includes('Phone the patient')]).toEqual(['print-phoned', true]);
    document.getElementById('print-phoned')?.click();
    expect(printed()).toEqual([]);
    await desk.press('Enter');
    expect(printed()[0]).toMatchObject({ reason: 'damaged', isReadByClerk: true, isPhoned: true });
  });

  it('asks for what only main knew to be missing', async () => {
    await openLetter({}, { 'letters/print': () => fail('rejected', 'reprint-reason-missing') });
    await desk.press('Ctrl+P', 'Enter');
    expect(panel()).toContain('This letter was printed already');
    expect(focused()).toBe('print-reason');
  });

  it.each([
    ['letter-superseded', 'F9 to fetch the letter of today'],
    ['print-not-answered', 'Look at the printer BEFORE you print again'],
    ['printer-gone', 'Choose another printer'],
    ['no-print-service', 'call the service desk'],
  ])('says what to do on %s', async (code, words) => {
    await openLetter({}, { 'letters/print': () => fail('unavailable', code) });
    await desk.press('Ctrl+P', 'Enter');
    expect(panel()).toContain(words);
  });
});

describe('a letter at the printer', () => {
  it('goes on when the panel closes, says when it is held up, and comes back by Ctrl+P', async () => {
    await openLetter();
    await desk.press('Ctrl+P', 'Enter', 'Escape');
    expect(document.querySelector('.print-badge')?.textContent).toContain('Letter: Printing');
    await push({ state: 'held-up', code: 'paper-out' });
    expect(desk.statusLine()).toContain('Held up: out of paper');
    await desk.press('Escape');
    expect(desk.router.currentRoute.value.name).toBe('referral');
    await desk.press('Ctrl+P');
    expect(panel()).toContain('Put paper in');
    await push({ state: 'printed' });
    expect(panel()).toContain('How many sheets came out?');
  });

  it('is cancelled by Del', async () => {
    await openLetter();
    await desk.press('Ctrl+P', 'Enter', 'Delete');
    expect(desk.fake.inputsOf('letters/cancel-print')).toEqual([{ printId: PRINT_ID }]);
    expect(panel()).toContain('Cancelled: NOT printed');
    await desk.press('Escape');
    expect(document.querySelector('.print-badge')).toBeNull();
  });

  it('records another count and says what to do; printing it again needs a reason then', async () => {
    await openLetter();
    await desk.press('Ctrl+P', 'Enter');
    await push({ state: 'printed' });
    await desk.type('1');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('letters/count-sheets')).toEqual([{ printId: PRINT_ID, sheets: 1 }]);
    expect(panel()).toContain('1 came out, 2 were expected');
    expect(panel()).toContain('A page is missing');
    await desk.press('Escape', 'Ctrl+P');
    expect(panel()).toContain('Why is it printed again?');
  });

  it('that may be printed is looked for first: no number is filled in', async () => {
    await openLetter();
    await desk.press('Ctrl+P', 'Enter');
    await push({ state: 'unknown', code: 'print-not-answered' });
    expect(panel()).toContain('Look at the printer BEFORE you print it again');
    await desk.press('Enter');
    expect(panel()).toContain('Type a number from 0');
    expect(desk.fake.inputsOf('letters/count-sheets')).toEqual([]);
    await desk.type('0');
    await desk.press('Enter');
    expect(panel()).toContain('Nothing came out');
  });

  it('keeps what was pushed before the answer, prints once for two presses, and is forgotten at a lock', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await openLetter({}, { 'letters/print': async () => (await gate, ok(job({ state: 'sending' }))) });
    await desk.press('Ctrl+P', 'Enter', 'Enter');
    await push({ state: 'printing' });
    release();
    await desk.settle();
    expect(printed()).toHaveLength(1);
    expect(usePrintStore().job?.state).toBe('printing');
    await desk.press('Ctrl+L');
    expect([usePrintStore().jobs.size, panel()]).toEqual([0, '']);
    await push({ state: 'printed' });
    expect(usePrintStore().jobs.size).toBe(0);
  });
});
