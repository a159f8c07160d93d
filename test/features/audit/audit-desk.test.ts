/** The trail over the whole desk: what is recorded of a booking, who may read it, and the table for the patient. */
import { describe, expect, it } from 'vitest';
import type { FileToSave } from '../../../src-main/app/ports.ts';
import type { AuditFilter } from '../../../src-main/contract/channels/audit.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { openHeldDesk, pass, reviewSlot } from '../../support/booking-steps.ts';
import type { TestDesk, TestDeskOptions } from '../../support/desk.ts';
import { openMemorySettings } from '../../support/memory-settings.ts';

const ME = '555000000101';
const ANY: AuditFilter = {
  ...{ userId: null, ubrn: null, nhsNumber: null, action: null, outcome: 'any', from: null, before: null },
};
const policyWith = (settings: object) =>
  openMemorySettings({ policy: ok(JSON.stringify({ version: 1, settings })) });
const asReader = () => policyWith({ auditReaders: [ME] });

async function openBooked(options: TestDeskOptions = {}) {
  const saved: FileToSave[] = [];
  const files = { saveFile: async (file: FileToSave) => (saved.push(file), ok({ isSaved: true })) };
  const { desk } = await openHeldDesk({ files, ...options });
  await desk.signIn();
  const { ubrn, nhsNumber, commit } = await reviewSlot(desk);
  await desk.must('booking/commit', commit);
  await pass(desk, 5);
  return { desk, ubrn, nhsNumber, saved };
}

const read = (desk: TestDesk, filter: Partial<AuditFilter> = {}, past: number | null = null) =>
  desk.must('audit/read', { filter: { ...ANY, ...filter }, past });

describe('what is recorded', () => {
  it.each(['api-platform', 'spine-session'] as const)('of a booking says all of it (%s)', async (dialect) => {
    const { desk, ubrn, nhsNumber } = await openBooked({ dialect });
    const { rows } = await read(desk, { ubrn });
    const posted = rows.find(({ method, type }) => method === 'POST' && type === 'API Book Appointment');
    expect(posted).toMatchObject({
      ...{ userId: ME, ubrn, nhsNumber, organisation: 'R69', onBehalfOf: '', outcome: 'success' },
      ...{ businessFunction: 'REFERRING_CLINICIAN_ADMIN', asid: '000000000001', isFailed: false },
      host: 'training.bookingdesk.invalid',
      sessionId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-\d+$/) as string,
      versionBefore: expect.stringMatching(/^\d+$/) as string,
    });
    const steps = rows.filter(({ type }) => type.startsWith('Outbox book '));
    const sent = steps.find(({ type }) => type === 'Outbox book SENDING');
    const done = steps.find(({ type }) => type === 'Outbox book APPLIED');
    expect(done).toMatchObject({
      ...{ intentId: sent?.intentId, sentAt: sent?.sentAt, correlationId: posted?.correlationId },
      versionBefore: posted?.versionBefore,
      versionAfter: String(desk.service.world.referral(ubrn).version),
    });
    expect(done?.askedAt).not.toBe('');
    expect((done?.askedAt ?? '') <= (done?.sentAt ?? '')).toBe(true);
    expect(new Set(rows.map(({ sessionId }) => sessionId))).toEqual(new Set([posted?.sessionId]));
    // Calls that name the UBRN alone are the patient's all the same.
    expect(rows.filter((row) => row.nhsNumber !== nhsNumber).map(({ type }) => type)).toEqual([]);
  });

  it('of another sitting has another session id', async () => {
    const { desk } = await openBooked();
    const first = (await read(desk)).rows[0]?.sessionId;
    await desk.must('session/sign-out', {});
    await desk.signIn();
    await read(desk);
    const later = (await read(desk)).rows[0]?.sessionId;
    expect([first, later]).not.toContain('');
    expect(later).not.toBe(first);
  });
});

describe('reading it', () => {
  it('is newest first, in pages, and is itself recorded with whom it was about', async () => {
    const { desk, ubrn } = await openBooked();
    const first = await read(desk, { ubrn, outcome: 'succeeded' });
    expect(first.rows.map(({ seq }) => seq)).toEqual(
      first.rows.map(({ seq }) => seq).toSorted((a, b) => b - a),
    );
    const { rows } = await read(desk, { action: 'Audit trail' });
    expect(rows[0]).toMatchObject({ outcome: 'audit-viewed', ubrn, userId: ME });
    expect(rows[0]?.facts).toEqual([
      { name: 'rows', value: String(first.rows.length) },
      { name: 'by', value: 'ubrn outcome' },
    ]);
  });

  it('gives a person their own entries alone, unless the policy names them', async () => {
    const deskSettings = asReader();
    const { desk } = await openBooked({ deskSettings });
    const all = await read(desk);
    expect(all).toMatchObject({ mayReadAll: true });
    const signIn = all.rows.find(({ type }) => type === 'API Professional login attempt');
    expect(signIn).toMatchObject({ userId: ME, organisation: '', sessionId: '' });
    const own = await openBooked();
    const mine = await read(own.desk);
    expect(mine).toMatchObject({ mayReadAll: false });
    expect(new Set(mine.rows.map(({ userId }) => userId))).toEqual(new Set([ME]));
    const others = { filter: { ...ANY, userId: '555000000102' }, past: null };
    expect(await own.desk.ask('audit/read', others)).toMatchObject({
      problem: { kind: 'forbidden', code: 'audit-own-only' },
    });
  });

  it('is not allowed by a name in the desk’s own file', async () => {
    const deskSettings = openMemorySettings();
    deskSettings.save({ auditReaders: [ME] });
    const { desk } = await openBooked({ deskSettings });
    expect(await read(desk)).toMatchObject({ mayReadAll: false });
  });

  it('gives nothing to who has left, nor to nobody', async () => {
    const { desk } = await openBooked();
    const asked = desk.app.handle(
      'audit/read',
      { filter: ANY, past: null },
      { isTrusted: true, place: 'test' },
    );
    await desk.app.handle('session/lock', {}, { isTrusted: true, place: 'test' });
    expect(await asked).toMatchObject({ problem: { code: 'not-signed-in' } });
    expect(await desk.ask('audit/read', { filter: ANY, past: null })).toMatchObject({ ok: false });
    expect(await desk.ask('audit/export', { ubrn: '000000070001', nhsNumber: null })).toMatchObject({
      ok: false,
    });
  });

  it('answers the later of two questions', async () => {
    const { desk } = await openBooked();
    const send = () =>
      desk.app.handle('audit/read', { filter: ANY, past: null }, { isTrusted: true, place: 'test' });
    const [first, second] = await Promise.all([send(), send()]);
    expect(first).toMatchObject({ problem: { code: 'asked-again' } });
    expect(second).toMatchObject({ ok: true });
  });

  it('shows nothing that could not be recorded', async () => {
    const { desk } = await openBooked();
    const { run } = desk.storage;
    Object.assign(desk.storage, {
      run(sql: string, ...values: Parameters<typeof run> extends [string, ...infer V] ? V : never) {
        if (sql.includes('INTO audit')) throw new Error('full');
        return run(sql, ...values);
      },
    });
    expect(await desk.ask('audit/read', { filter: ANY, past: null })).toMatchObject({
      problem: { code: 'audit-not-readable' },
    });
  });

  it('says that the trail is whole', async () => {
    const { desk } = await openBooked();
    expect((await read(desk)).status).toMatchObject({ state: 'not-checked', keptDays: 100 });
    expect(await desk.must('audit/check', {})).toMatchObject({
      state: 'sound',
      findings: [],
      isSealRead: true,
    });
    desk.storage.run("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3");
    expect(await desk.must('audit/check', {})).toMatchObject({ findings: [{ kind: 'changed', seq: 3 }] });
    expect((await read(desk, { outcome: 'failed' })).rows.map(({ outcome }) => outcome)).not.toContain(
      'success',
    );
    expect(desk.logLines.join('\n')).toContain(
      '"event":"audit-trail-broken","code":"changed","reason":"row 3"',
    );
  });
});

describe('the table for a subject access request', () => {
  it('has every entry of the patient in their order, and its making is recorded', async () => {
    const { desk, ubrn, nhsNumber, saved } = await openBooked({ deskSettings: asReader() });
    const answer = await desk.must('audit/export', { ubrn: null, nhsNumber });
    const [file] = saved;
    expect(file?.suggestedName).toMatch(/^audit-trail-\d{4}-\d\d-\d\d\.csv$/);
    expect(file?.what).toBe('audit-trail');
    const text = Buffer.from(file?.bytes ?? []).toString('utf8');
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffRow,Event type,Audit type,Resource type,Date and time \(UTC\),/);
    expect(lines).toHaveLength(answer.rows + 2);
    const groups = `${ubrn.slice(0, 4)} ${ubrn.slice(4, 8)} ${ubrn.slice(8)}`;
    // PDS is asked for the patient alone.
    const spaced = nhsNumber.replace(/^(...)(...)/, '$1 $2 ');
    const asked = lines.slice(1, -1);
    expect(asked.filter((line) => !line.includes(groups) && !line.includes(spaced))).toEqual([]);
    expect(asked.filter((line) => line.includes('PDS Retrieve Patient')).length).toBeGreaterThan(0);
    expect(text).toContain('5550 0000 0101');
    const { rows } = await read(desk, { action: 'Audit trail', nhsNumber });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['audit-exported', 'audit-export-begun']);
    const seqs = lines.slice(1, -1).map((line) => Number(line.split(',')[0]));
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  it('is made for whom the policy names alone, and of one subject', async () => {
    const { desk, ubrn, nhsNumber, saved } = await openBooked();
    expect(await desk.ask('audit/export', { ubrn, nhsNumber: null })).toMatchObject({
      problem: { code: 'audit-own-only' },
    });
    const reader = await openBooked({ deskSettings: asReader() });
    for (const subject of [
      { ubrn, nhsNumber },
      { ubrn: null, nhsNumber: null },
    ])
      expect(await reader.desk.ask('audit/export', subject)).toMatchObject({
        problem: { code: 'audit-one-subject' },
      });
    expect([...saved, ...reader.saved]).toEqual([]);
  });
});

it('keeps the trail as long as the site says, and three months at least', async () => {
  const long = await openBooked({ deskSettings: policyWith({ auditDays: 365 }) });
  expect((await read(long.desk)).status.keptDays).toBe(365);
});

it('tells the clock that the training service shares to be right', async () => {
  const { desk } = await openBooked();
  expect(await desk.must('audit/read-clock', {})).toMatchObject({ status: 'no-sign' });
});
