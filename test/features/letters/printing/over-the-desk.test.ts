import { afterEach, describe, expect, it } from 'vitest';
import { createTrainingPrinter } from '../../../../src-main/adapters/training/training-printer.ts';
import type { RequestInput } from '../../../../src-main/contract/channels.ts';
import type { PrintLogRow } from '../../../../src-main/contract/channels/letters.ts';
import type { FileToSave } from '../../../../src-main/app/ports.ts';
import { ok } from '../../../../src-main/contract/outcome.ts';
import { bookable, COLLEAGUE_ID, openClerkDesk, pass, reviewBooking } from '../../../support/clerk-steps.ts';
import type { TestDesk } from '../../../support/desk.ts';
import { lastJob, printInput, printLetter } from '../../../support/letter-steps.ts';
import { createManualClock } from '../../../support/manual-clock.ts';

async function openWithPrinter() {
  const clock = createManualClock();
  const printer = createTrainingPrinter({ clock });
  const saved: FileToSave[] = [];
  const files = { saveFile: async (file: FileToSave) => (saved.push(file), ok({ isSaved: true })) };
  const clerk = await openClerkDesk({ clock, printer, files });
  await clerk.desk.signIn();
  return { ...clerk, printer, saved };
}

/** A referral that is booked at this desk, its letter fetched. */
async function withBookedLetter() {
  const clerk = await openWithPrinter();
  const ubrn = await bookOne(clerk.desk);
  const letter = await clerk.desk.must('letters/fetch', { ubrn });
  return { ...clerk, ubrn, letter };
}

async function bookOne(desk: TestDesk): Promise<string> {
  const [ubrn = ''] = bookable(desk);
  const { commit } = await reviewBooking(desk, ubrn);
  await desk.must('booking/commit', commit);
  await pass(desk, 5);
  await desk.must('referral/reread', { ubrn });
  return ubrn;
}

const logOf = async (desk: TestDesk, ubrn: string | null = null): Promise<PrintLogRow[]> =>
  (await desk.must('letters/read-print-log', { ubrn })).rows;

const refusal = async (desk: TestDesk, input: RequestInput<'letters/print'>) => {
  const answer = await desk.ask('letters/print', input);
  return answer.ok ? 'printed' : answer.problem.code;
};

afterEach(() => undefined);

describe('a letter', () => {
  it('is printed, followed to its end, and recorded with its audit', async () => {
    const { desk, printer, ubrn, letter } = await withBookedLetter();
    const job = await desk.must('letters/print', printInput(letter.letterId, { copies: 2 }));
    expect(job).toMatchObject({ ubrn, state: 'waiting', copies: 2, sheetsExpected: 2 * letter.pages });
    await pass(desk, 10);
    expect(lastJob(desk, job.printId)).toMatchObject({ state: 'printed', code: '' });
    const [printout] = printer.printouts();
    expect(Buffer.from(printout?.pdf ?? []).toString('base64')).toBe(letter.pdf);
    expect(printout?.title).not.toContain(ubrn.slice(-4));
    const [row] = await logOf(desk, ubrn);
    expect(row).toMatchObject({
      state: 'printed',
      printer: 'Training-printer',
      reason: '',
      isSuperseded: false,
    });
  });

  it('is counted; a count that differs is a red task', async () => {
    const { desk, ubrn, letter } = await withBookedLetter();
    const { printId } = await desk.must('letters/print', printInput(letter.letterId));
    expect(await desk.ask('letters/count-sheets', { printId, sheets: 2 })).toMatchObject({
      problem: { code: 'print-under-way' },
    });
    await pass(desk, 10);
    const counted = await desk.must('letters/count-sheets', { printId, sheets: letter.pages });
    expect(counted).toMatchObject({ sheetsCounted: letter.pages });
    expect((await desk.must('tasks/read', {})).tasks).toEqual([]);
    await desk.must('letters/count-sheets', { printId, sheets: letter.pages - 1 });
    const { tasks, counts } = await desk.must('tasks/read', {});
    expect(tasks).toMatchObject([{ kind: 'find-sheets', ubrn }]);
    expect(counts).toMatchObject({ red: 1 });
  });

  it('leaves the letters to print, and its request in the outbox, when it is printed and not when it is fetched', async () => {
    const { desk, ubrn, letter } = await withBookedLetter();
    const onList = async () => (await desk.must('lists/read', { list: 'LETTERS_TO_PRINT' })).rows.length;
    expect(await onList()).toBe(1);
    await desk.must('letters/print', printInput(letter.letterId));
    expect(await onList()).toBe(1);
    await pass(desk, 10);
    expect(await onList()).toBe(0);
    expect(ubrn).toMatch(/^\d{12}$/);
  });

  it.each([
    ['letter-not-read', { isReadByClerk: false }],
    ['reason-needs-note', { reason: 'other' }],
  ] as const)('is refused: %s', async (code, over) => {
    const { desk, printer, letter } = await withBookedLetter();
    expect(await refusal(desk, printInput(letter.letterId, over))).toBe(code);
    expect(printer.printouts()).toEqual([]);
    expect(await logOf(desk)).toEqual([]);
  });

  it('is printed again only for a reason, which the log keeps and the audit does not', async () => {
    const { desk, ubrn } = await withBookedLetter();
    await printLetter(desk, ubrn);
    const again = await desk.must('letters/fetch', { ubrn });
    expect(again.printedAt).not.toBeNull();
    expect(await refusal(desk, printInput(again.letterId))).toBe('reprint-reason-missing');
    const note = 'torn by Mr Smith';
    const wish = printInput(again.letterId, { reason: 'other', note });
    expect(await refusal(desk, wish)).toBe('printed');
    await pass(desk, 10);
    expect((await logOf(desk, ubrn)).map(({ reason }) => reason)).toEqual([`other: ${note}`, '']);
    expect(desk.logLines.join('\n')).not.toContain('Smith');
  });

  it('that is not of the present version is refused, and is not printed (hazard 8)', async () => {
    const { desk, printer, ubrn, letter } = await withBookedLetter();
    desk.service.world.cancelByProvider(ubrn);
    expect(await refusal(desk, printInput(letter.letterId))).toBe('letter-superseded');
    expect(printer.printouts()).toEqual([]);
  });

  it.each(['session/sign-out', 'session/lock'] as const)('is not printed after %s', async (channel) => {
    const { desk, printer, letter } = await withBookedLetter();
    await desk.must(channel, {});
    expect((await desk.ask('letters/print', printInput(letter.letterId))).ok).toBe(false);
    if (channel === 'session/sign-out') {
      await desk.signIn();
      expect(await refusal(desk, printInput(letter.letterId))).toBe('letter-not-held');
    }
    expect(printer.printouts()).toEqual([]);
  });

  it('is a clear error where the printer is gone: nothing printed, no reason needed afterwards', async () => {
    const { desk, printer, letter } = await withBookedLetter();
    printer.setFault('Training-printer', 'gone');
    const job = await desk.must('letters/print', printInput(letter.letterId));
    expect(job).toMatchObject({ state: 'failed', code: 'printer-gone' });
    printer.setFault('Training-printer', null);
    expect(await refusal(desk, printInput(letter.letterId))).toBe('printed');
  });

  it('whose answer is lost is unknown, never printed, until the clerk counts', async () => {
    const { desk, printer, letter } = await withBookedLetter();
    printer.setFault('Training-printer', 'not-answering');
    const { printId, state } = await desk.must('letters/print', printInput(letter.letterId));
    expect(state).toBe('unknown');
    expect(await refusal(desk, printInput(letter.letterId))).toBe('reprint-reason-missing');
    const counted = await desk.must('letters/count-sheets', { printId, sheets: letter.pages });
    expect(counted).toMatchObject({ state: 'printed', sheetsCounted: letter.pages });
  });

  it('is held up with the reason, and cancelled only when the printer says so', async () => {
    const { desk, printer, letter } = await withBookedLetter();
    printer.loadPaper('Training-printer', 0);
    const { printId } = await desk.must('letters/print', printInput(letter.letterId));
    await pass(desk, 3);
    expect(lastJob(desk, printId)).toMatchObject({ state: 'held-up', code: 'paper-out' });
    await desk.must('letters/cancel-print', { printId });
    await pass(desk, 3);
    expect(lastJob(desk, printId)).toMatchObject({ state: 'cancelled' });
    expect(await desk.ask('letters/cancel-print', { printId })).toMatchObject({
      problem: { code: 'print-has-ended' },
    });
  });
});

describe('a print that outlives its clerk', () => {
  it('goes on behind a sign-out, is recorded as theirs, and is taken in when they are back', async () => {
    const { desk, card, letter, ubrn } = await withBookedLetter();
    await desk.must('letters/print', printInput(letter.letterId));
    await desk.must('session/sign-out', {});
    const before = desk.pushes.length;
    await pass(desk, 10);
    const told = desk.pushes.slice(before).filter(({ channel }) => channel.startsWith('letters/'));
    expect(told).toEqual([]);
    card.userId = COLLEAGUE_ID;
    await desk.signIn();
    const [row] = await logOf(desk);
    expect(row).toMatchObject({ state: 'printed', ubrn });
    expect(row?.userId).not.toBe(COLLEAGUE_ID);
    await desk.must('session/sign-out', {});
    card.userId = row?.userId ?? '';
    await desk.signIn();
    await pass(desk, 3);
    expect((await desk.must('lists/read', { list: 'LETTERS_TO_PRINT' })).rows).toEqual([]);
  });

  it('is asked of the printer after a crash', async () => {
    const { desk, letter, printer, restart } = await withBookedLetter();
    printer.loadPaper('Training-printer', 0);
    await desk.must('letters/print', printInput(letter.letterId));
    const { desk: later } = await restart();
    printer.loadPaper('Training-printer', null);
    await later.signIn();
    await pass(later, 10);
    expect(await logOf(later)).toMatchObject([{ state: 'printed' }]);
  });
});

describe('a letter that was printed before a change', () => {
  const recalls = async (desk: TestDesk) =>
    (await desk.must('tasks/read', {})).tasks.filter(({ kind }) => kind === 'recall-letter');

  it('is called back once when the referral is read anew, and says so in the log', async () => {
    const { desk, ubrn } = await withBookedLetter();
    await printLetter(desk, ubrn);
    expect(await recalls(desk)).toEqual([]);
    desk.service.world.cancelByProvider(ubrn);
    await desk.must('referral/reread', { ubrn });
    await pass(desk, 2);
    expect(await recalls(desk)).toMatchObject([{ ubrn, note: expect.stringContaining('Training-printer') }]);
    await desk.must('referral/reread', { ubrn });
    await pass(desk, 2);
    expect(await recalls(desk)).toHaveLength(1);
    expect(await logOf(desk, ubrn)).toMatchObject([{ isSuperseded: true }]);
  });

  it('is called back when it was cancelled at this desk, also after a restart', async () => {
    const { desk, ubrn, restart } = await withBookedLetter();
    await printLetter(desk, ubrn);
    const panel = await desk.must('cancellation/review-appointment', { ubrn, isMove: false });
    const [reason] = panel.reasons;
    const digits = desk.service.world.referral(ubrn).nhsNumber.slice(-4);
    const birth =
      desk.service.world.findPatient(desk.service.world.referral(ubrn).nhsNumber)?.birthDate ?? '';
    const answer = panel.identityQuestion === 'birth-ddmm' ? birth.slice(8, 10) + birth.slice(5, 7) : digits;
    await desk.must('cancellation/commit-appointment', {
      reviewId: panel.reviewId,
      digits: answer,
      reasonCode: reason?.code ?? '',
      comment: 'asked to',
    } as never);
    await pass(desk, 10);
    expect(await recalls(desk)).toMatchObject([{ ubrn }]);
    const { desk: later } = await restart();
    await later.signIn();
    await pass(later, 3);
    expect(await recalls(later)).toHaveLength(1);
  });
});

describe('the printers and the log', () => {
  it('remembers the printer per desk, whoever sits at it, and takes none that is not there', async () => {
    const { desk, card, restart } = await openWithPrinter();
    expect((await desk.ask('letters/choose-printer', { name: 'no-such' })).ok).toBe(false);
    await desk.must('letters/choose-printer', { name: 'Training-printer-A3' });
    card.userId = COLLEAGUE_ID;
    const { desk: later } = await restart();
    await later.signIn();
    const { printers } = await later.must('letters/read-printers', {});
    expect(printers.filter(({ isChosen }) => isChosen)).toMatchObject([{ name: 'Training-printer-A3' }]);
  });

  it('is saved as CSV under a name without a patient, and the saving is on record', async () => {
    const { desk, ubrn, saved } = await withBookedLetter();
    await printLetter(desk, ubrn);
    expect(await desk.must('letters/export-print-log', {})).toEqual({ isSaved: true });
    expect(saved[0]?.suggestedName).toBe('print-log-2026-11-18.csv');
    const lines = Buffer.from(saved[0]?.bytes ?? [])
      .toString('utf8')
      .split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(ubrn);
  });

  it('holds nothing of a patient in clear on the disk', async () => {
    const { desk, ubrn } = await withBookedLetter();
    await printLetter(desk, ubrn);
    const rows = JSON.stringify(desk.storage.all('SELECT * FROM print_log'), (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(rows).not.toContain(ubrn);
    expect(rows).not.toContain(desk.service.world.referral(ubrn).nhsNumber);
  });
});
