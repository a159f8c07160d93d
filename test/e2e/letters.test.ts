import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TRAINING_PRINTERS } from '../../src-main/adapters/training/training-printer.ts';
import { ok } from '../../src-main/contract/outcome.ts';
import type { LetterFault } from '../../src-main/training-service/letters/letter-faults.ts';
import {
  BOOKED,
  commitSlot,
  eventually,
  goToWorklist,
  openSlots,
  readWorklist,
  waitForSlot,
} from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable } from './support/truth.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });
const seed = takeSeed();
const [PRINTER] = TRAINING_PRINTERS;
const LETTERS = 30;
let desk: ClerkDesk;

const panelIsOpen = () => desk.page.locator('#printer').waitFor();
const isDrawn = () => desk.page.locator('[data-drawn="true"]').first().waitFor();
const printouts = () => desk.printer.printouts();
const spoilLetter = (ubrn: string, fault: LetterFault) =>
  desk.service.faults.add({ on: { id: 'A019', ubrn }, do: { kind: 'letter', fault } });

beforeAll(async () => {
  desk = await openClerkDesk({ seed, speed: 8 });
  await readWorklist(desk);
});
afterEach(() => expect(desk.pageErrors).toEqual([]));
afterAll(() => desk.close());

describe('the letter of a booking', () => {
  let ubrn: string;

  beforeAll(async () => {
    ubrn = await openSlots(desk, plainlyBookable(desk.service));
    await waitForSlot(desk);
    // Far enough for a letter by post.
    await desk.press('PageDown');
    await commitSlot(desk, ubrn);
    await desk.shows(BOOKED);
  });

  it('is printed by three presses and counted by one, its bytes as e-RS gave them', async () => {
    desk.resetCount();
    await desk.press('F9', 'Ctrl+P');
    await panelIsOpen();
    await desk.press('Enter');
    await desk.shows(/How many sheets came out\?/);
    expect(desk.pressed()).toBeLessThanOrEqual(3);
    expect(printouts()).toMatchObject([{ printer: PRINTER, sheets: 2, sheetsDone: 2, copies: 1 }]);
    const [{ pdf, title } = { pdf: null, title: '' }] = printouts();
    expect(Buffer.from(pdf ?? []).toString('latin1')).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/);
    expect(title).not.toMatch(/\d{10}/);
    await desk.press('Enter');
    await desk.shows(/Printed and counted: 2 sheets/);
    await desk.shows(/Checked: .*NHS number/);
  });

  it('is printed again for a reason only, and the log tells of both', async () => {
    await desk.press('Ctrl+P');
    await desk.shows(/Why is it printed again\?/);
    await panelIsOpen();
    await desk.press('Enter');
    await desk.shows(/Choose why it is printed again/);
    expect(printouts()).toHaveLength(1);
    await desk.press('ArrowDown', 'ArrowDown', 'Enter');
    await desk.shows(/How many sheets came out\?/);
    expect(printouts()).toHaveLength(2);
    await desk.type('1');
    await desk.press('Enter');
    await desk.shows(/1 came out, 2 were expected/);
    await desk.press('Escape', 'Ctrl+Shift+P');
    await desk.shows(/only: 2 prints/);
    await desk.shows(/damaged/);
    await desk.shows(/2 pages, 1 counted/);
    await desk.press('Escape');
  });

  it.each([
    ['one-hour-late', /Time of the appointment/],
    ['wrong-patient', /NHS number/],
  ] as const)('that differs (%s) shows both values and cannot be printed', async (fault, words) => {
    const before = printouts().length;
    spoilLetter(ubrn, fault);
    await desk.press('F9');
    await desk.shows(/This letter differs from the referral/);
    await desk.shows(words);
    await desk.press('Ctrl+P');
    await desk.shows(/Print the letter: the letter differs/);
    expect(await desk.page.locator('[role="dialog"]').count()).toBe(0);
    expect(printouts()).toHaveLength(before);
    await desk.press('F9');
    await desk.shows(/Checked: .*NHS number/);
  });

  it('that waits for paper says so, comes out when there is some, and leaves nothing in the page', async () => {
    await desk.press('F8', 'Ctrl+U');
    await desk.shows(/Access code:? [A-Z0-9]{4}/i);
    const code = /Access code:?\s*([A-Z0-9]{4}\s?[A-Z0-9]{4})/i.exec(await desk.text())?.[1] ?? '';
    desk.printer.loadPaper(PRINTER, 1);
    await desk.press('Ctrl+P');
    await desk.shows(/Why is it printed again\?/);
    await panelIsOpen();
    await desk.press('ArrowDown', 'Enter');
    await desk.shows(/Held up: out of paper/);
    desk.printer.loadPaper(PRINTER, null);
    await desk.shows(/How many sheets came out\?/);
    await desk.press('Enter');
    await desk.shows(/Printed and counted: 2 sheets/);
    const kept = await desk.page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, location.href]),
    );
    expect(code.length).toBeGreaterThanOrEqual(8);
    for (const secret of [code, code.replace(/\s/, ''), ubrn]) expect(kept).not.toContain(secret);
  });
});

describe(`${LETTERS} letters to print`, () => {
  it('take six presses and one check: paper runs out, one letter differs, none is lost', async () => {
    await goToWorklist(desk);
    const { world } = desk.service;
    const isNormal = (ubrn: string) => world.findPatient(world.referral(ubrn).nhsNumber)?.record === 'normal';
    const sender = { isTrusted: true, place: 'test' };
    const list = await desk.app.handle('worklist/fetch', { kind: 'AWAITING_BOOKING', filter: null }, sender);
    const rows = list.ok ? (list.value as { rows: { ubrn: string }[] }).rows : [];
    const ubrns = rows
      .map(({ ubrn }) => ubrn)
      .filter((ubrn) => isNormal(ubrn) && world.referral(ubrn).state === 'NOT_BOOKED')
      .slice(0, LETTERS);
    expect(ubrns).toHaveLength(LETTERS);
    desk.scripted.script(
      'lists/read',
      ok({
        list: 'LETTERS_TO_PRINT' as const,
        rows: ubrns.map((ubrn) => ({
          ...{ ubrn, nhsNumber: world.referral(ubrn).nhsNumber, priority: null },
          ...{ reason: 'booked', context: '', due: null, addedAt: '2026-11-23T10:42:10.000Z' },
        })),
        ...{ readAt: '2026-11-23T10:42:10.000Z', isKept: true, dropped: 0, unreadable: 0 },
      }),
    );
    desk.scripted.push('lists/changed', { list: 'LETTERS_TO_PRINT', rows: LETTERS });
    spoilLetter(ubrns[4] ?? '', 'wrong-name');
    const before = printouts().length;
    desk.printer.loadPaper(PRINTER, 20);
    desk.resetCount();
    await desk.press('Ctrl+8');
    await desk.shows(new RegExp(`${LETTERS} referrals, read`));
    await desk.press('Ctrl+P');
    await panelIsOpen();
    await desk.shows(new RegExp(`${LETTERS} letters in the order of the list`));
    await desk.press('Enter');
    await desk.shows(/Paused: Training-printer is out of paper/);
    desk.printer.loadPaper(PRINTER, null);
    await desk.press('Enter');
    await desk.shows(/How many sheets came out\?/);
    await desk.shows(new RegExp(`${LETTERS - 1} of ${LETTERS} printed, 1 put aside`));
    const expected = 1 + 2 * (LETTERS - 1);
    await desk.shows(new RegExp(`${expected} sheets expected`));
    await desk.press('Enter');
    await desk.shows(/Printed and counted: \d+ sheets/);
    expect(desk.pressed()).toBeLessThanOrEqual(6);

    const stack = printouts().slice(before);
    expect(stack).toHaveLength(LETTERS);
    expect(stack.reduce((sum, { sheetsDone }) => sum + sheetsDone, 0)).toBe(expected);
    expect(stack.every(({ isCancelled }) => !isCancelled)).toBe(true);

    await desk.press('Enter');
    await isDrawn();
    await eventually(async () =>
      expect((await desk.text()).replaceAll(' ', '')).toContain(`UBRN${ubrns[4] ?? ''}`),
    );
  });
});
