/** The printer port against a real CUPS (issue 5, "Shows" 1). */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIppLetterPrinter } from '../../../src-main/adapters/printing/ipp-letter-printer.ts';
import type { PrintReport, PrintRequest } from '../../../src-main/app/ports.ts';
import { eventually } from '../../support/eventually.ts';
import { isMissing } from '../../support/missing-parts.ts';
import { createPrivateCups, type PrivateCups } from '../../support/private-cups.ts';

const canRun = !isMissing('cups-daemon') && !isMissing('cups-client');
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Every byte there is, so that a change of one of them on the way shows. */
const makePdf = () =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000), Buffer.from('\n%%EOF\n')]);

describe.skipIf(!canRun)('letters over a real CUPS', () => {
  let cups: PrivateCups;
  let printer: ReturnType<typeof createIppLetterPrinter>;

  beforeAll(async () => {
    cups = createPrivateCups();
    await cups.start();
    printer = createIppLetterPrinter({ cups: { kind: 'socket', socketPath: cups.socketPath } });
  });
  afterAll(() => cups.remove());

  async function start(request: Partial<PrintRequest> & { printer: string }): Promise<string> {
    const whole = { title: 'Booking Desk letter', pdf: makePdf(), copies: 1, isLarge: false, ...request };
    const taken = await printer.print(whole);
    if (!taken.ok) throw new Error(JSON.stringify(taken.problem));
    return taken.value.jobId;
  }

  async function read(name: string, jobId: string): Promise<PrintReport> {
    const report = await printer.readJob(name, jobId);
    if (!report.ok) throw new Error(JSON.stringify(report.problem));
    return report.value;
  }

  const becomes = (name: string, jobId: string, expected: Partial<PrintReport>) =>
    eventually(async () => expect(await read(name, jobId)).toMatchObject(expected));

  const printerIs = (name: string, expected: object) =>
    eventually(async () => {
      const listed = await printer.list();
      const infos = listed.ok ? listed.value : [];
      expect(infos.find((info) => info.name === name)).toMatchObject(expected);
    });

  it('lists no printer, then those that there are, with the default one', async () => {
    expect(await printer.list()).toEqual({ ok: true, value: [] });
    cups.addPrinter('Listed', 'raw');
    cups.addPrinter('Listed_A3', 'with-driver');
    cups.setDefault('Listed_A3');
    const ready = { state: 'ready', reasons: [] };
    expect(await printer.list()).toEqual({
      ok: true,
      value: [
        { name: 'Listed', description: 'Desk Listed', isDefault: false, canPrintLarge: false, ...ready },
        { name: 'Listed_A3', description: 'Desk Listed_A3', isDefault: true, canPrintLarge: true, ...ready },
      ],
    });
  });

  it('prints a letter byte by byte, follows it to its end, and says nothing of who or whom', async () => {
    cups.addPrinter('Letters', 'raw');
    const pdf = makePdf();
    const jobId = await start({ printer: 'Letters', pdf, copies: 2 });
    await becomes('Letters', jobId, { state: 'printed', reasons: [] });
    expect(digest(cups.outputs('Letters')[jobId] as Buffer)).toBe(digest(pdf));
    const words = cups.wordsOf('Letters', jobId);
    expect(words).toMatch(/^booking-desk 2 Booking Desk letter /);
    expect(words).toContain('sides=one-sided');
  });

  it('prints large on A3 where there is A3, and nowhere else', async () => {
    cups.addPrinter('Large', 'with-driver');
    const jobId = await start({ printer: 'Large', isLarge: true });
    await becomes('Large', jobId, { state: 'printed' });
    expect(cups.wordsOf('Large', jobId)).toMatch(/media=(iso_a3_297x420mm|A3)/);
    cups.addPrinter('Small', 'raw');
    expect(
      await printer.print({ printer: 'Small', title: 't', pdf: makePdf(), copies: 1, isLarge: true }),
    ).toMatchObject({ problem: { code: 'printer-refused', facts: { reason: 'no-large-paper' } } });
    expect(cups.outputs('Small')).toEqual({});
  });

  it('is held up without paper, the letters behind it wait, and all goes on when it is mended', async () => {
    cups.addPrinter('Empty', 'raw');
    cups.setState('Empty', 'no-paper', true);
    const [pdf, next] = [makePdf(), makePdf()];
    const jobId = await start({ printer: 'Empty', pdf });
    await becomes('Empty', jobId, { state: 'held-up', sheets: null });
    await printerIs('Empty', { state: 'stopped', reasons: ['paper-out', 'paused'] });
    expect((await read('Empty', jobId)).reasons[0]).toBe('paper-out');
    const nextId = await start({ printer: 'Empty', pdf: next });
    await becomes('Empty', nextId, { state: 'held-up' });
    expect(cups.outputs('Empty')).toEqual({});
    cups.setState('Empty', 'no-paper', false);
    cups.enable('Empty');
    await becomes('Empty', jobId, { state: 'printed', reasons: [] });
    await becomes('Empty', nextId, { state: 'printed' });
    expect(digest(cups.outputs('Empty')[jobId] as Buffer)).toBe(digest(pdf));
    expect(digest(cups.outputs('Empty')[nextId] as Buffer)).toBe(digest(next));
    await printerIs('Empty', { state: 'ready', reasons: [] });
  });

  it('never calls a cancelled letter printed, nor one that the printer gave up', async () => {
    cups.addPrinter('Slow', 'raw');
    cups.setState('Slow', 'slow', true);
    const jobId = await start({ printer: 'Slow' });
    await becomes('Slow', jobId, { state: 'printing' });
    const behind = await start({ printer: 'Slow' });
    await becomes('Slow', behind, { state: 'waiting' });
    for (const id of [behind, jobId]) expect(await printer.cancel('Slow', id)).toMatchObject({ ok: true });
    await becomes('Slow', jobId, { state: 'cancelled' });
    await becomes('Slow', behind, { state: 'cancelled' });
    expect(await printer.cancel('Slow', jobId)).toMatchObject({ problem: { code: 'job-finished' } });
    expect(cups.outputs('Slow')).toEqual({});
    cups.addPrinter('Broken', 'raw', 'abort-job');
    cups.setState('Broken', 'broken', true);
    const givenUp = await start({ printer: 'Broken' });
    await becomes('Broken', givenUp, { state: 'failed', sheets: null });
  });

  it('says that a printer is gone, takes no letter or will not', async () => {
    const request = { printer: 'Nowhere', title: 't', pdf: makePdf(), copies: 1, isLarge: false };
    const gone = { ok: false, problem: { kind: 'unavailable', code: 'printer-gone' } };
    expect(await printer.print(request)).toMatchObject(gone);
    cups.addPrinter('Leaving', 'raw');
    cups.setState('Leaving', 'slow', true);
    const jobId = await start({ printer: 'Leaving' });
    cups.removePrinter('Leaving');
    expect(await printer.readJob('Leaving', jobId)).toMatchObject(gone);
    expect(await printer.cancel('Leaving', jobId)).toMatchObject(gone);
    cups.addPrinter('Closed', 'raw');
    cups.rejectJobs('Closed');
    expect(await printer.print({ ...request, printer: 'Closed' })).toMatchObject({
      problem: { code: 'printer-refused', facts: { reason: 'not-accepting' } },
    });
    await printerIs('Closed', { reasons: expect.arrayContaining(['not-accepting']) });
    // A name is a name, whatever path it looks like.
    for (const odd of ['../admin', 'a b/c', 'ü%2f', 'x'.repeat(200)])
      expect(await printer.print({ ...request, printer: odd })).toMatchObject({ ok: false });
  });

  it('prints on a class of printers, and forgets no job between them', async () => {
    cups.addPrinter('Member', 'raw');
    cups.addClass('Any', 'Member');
    const pdf = makePdf();
    const jobId = await start({ printer: 'Any', pdf });
    await becomes('Any', jobId, { state: 'printed' });
    expect(digest(cups.outputs('Member')[jobId] as Buffer)).toBe(digest(pdf));
    expect(await read('Any', '987654')).toEqual({ state: 'unknown', reasons: [], sheets: null });
  });

  it('says that CUPS is away when it is killed in the middle of a job, and goes on with it after', async () => {
    cups.addPrinter('Lasting', 'raw');
    cups.setState('Lasting', 'slow', true);
    const pdf = makePdf();
    const jobId = await start({ printer: 'Lasting', pdf });
    await becomes('Lasting', jobId, { state: 'printing' });
    await eventually(() => expect(cups.hasNoted(jobId)).toBe(true));
    await cups.kill();
    const away = { ok: false, problem: { kind: 'unavailable', code: 'no-print-service' } };
    expect(await printer.readJob('Lasting', jobId)).toMatchObject(away);
    expect(await printer.list()).toMatchObject(away);
    expect(
      await printer.print({ printer: 'Lasting', title: 't', pdf, copies: 1, isLarge: false }),
    ).toMatchObject(away);
    cups.setState('Lasting', 'slow', false);
    await cups.start();
    await becomes('Lasting', jobId, { state: 'printed' });
    expect(digest(cups.outputs('Lasting')[jobId] as Buffer)).toBe(digest(pdf));
  });
});
