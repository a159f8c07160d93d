/** Settings through the door: whose they are, what the organisation locks, and the change of the record key. */
import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../src-main/app/ports.ts';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { createTrainingSessionProvider } from '../../../src-main/adapters/training/training-session-provider.ts';
import { createInProcessNetwork } from '../../../src-main/adapters/training/in-process-network.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { makeAppSettings } from '../../../src-main/hosts/compose-settings.ts';
import { askNow, pass, reviewSlot } from '../../support/booking-steps.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';
import { createMemoryFile, openMemorySettings } from '../../support/memory-settings.ts';

const OTHER_ROLE = 'R69.REFERRING_CLINICIAN';
const look = (desk: TestDesk) => desk.must('settings/read-look', {});
const looksPushed = (desk: TestDesk) =>
  desk.pushes.filter(({ channel }) => channel === 'settings/look-changed').map(({ payload }) => payload);

/** Sealed values under a key that seals no more, by table and column. */
function namedByOldKeys(storage: Storage, current: Uint8Array): string[] {
  const columns = storage.all(
    `SELECT m.name AS t, c.name AS c FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.type = 'BLOB'`,
  );
  return columns.flatMap(({ t, c }) => {
    const sql = `SELECT 1 FROM "${String(t)}" WHERE substr("${String(c)}", 1, 3) = ? AND substr("${String(c)}", 5, 32) <> ?`;
    const magic = Buffer.from([0x42, 0x51, 1]);
    return storage.all(sql, magic, current).length > 0 ? [`${String(t)}.${String(c)}`] : [];
  });
}

describe('the settings of a person', () => {
  it('go with them into every role, to the next start, and to nobody else', async () => {
    const [storage, secrets] = [openSqliteStorage(':memory:'), createMemorySecrets()];
    const keepOpen: Storage = { ...storage, close: () => undefined };
    const desk = await openDesk({ storage: keepOpen, secrets });
    expect(await look(desk)).toEqual({
      ...{ textSize: 'normal', contrast: 'normal', defaultList: 'AWAITING_BOOKING' },
    });
    await desk.signIn();
    const saved = await desk.must('settings/save', { textSize: 'large', defaultList: 'WATCH' });
    expect(saved.textSize).toEqual({ value: 'large', source: 'person' });
    expect(saved).toMatchObject({ isKept: true, troubles: [], recordKey: { older: 0 } });
    await desk.signIn(OTHER_ROLE);
    expect(await look(desk)).toMatchObject({ textSize: 'large', defaultList: 'WATCH' });
    await desk.must('session/sign-out', {});
    expect(await look(desk)).toMatchObject({ textSize: 'normal' });
    await desk.app.stop();

    const next = await openDesk({ storage: keepOpen, secrets, service: desk.service, clock: desk.clock });
    await next.signIn();
    expect(await look(next)).toMatchObject({ textSize: 'large', defaultList: 'WATCH' });
    expect(looksPushed(next).at(-1)).toMatchObject({ textSize: 'large' });
    await next.app.stop();

    const network = createInProcessNetwork(desk.service, desk.clock);
    const { baseUrl } = { baseUrl: 'https://training.bookingdesk.invalid' };
    const provider = createTrainingSessionProvider({
      ...{ network, baseUrl, dialect: 'api-platform' },
      userId: '555000000102',
    });
    const other = await openDesk({ storage, secrets, service: desk.service, clock: desk.clock, provider });
    await other.must('session/sign-in', {});
    const { roles } = await other.must('session/read-state', {});
    await other.must('session/choose-role', { roleId: roles[0]?.roleId ?? '' });
    expect(await look(other)).toMatchObject({ textSize: 'normal' });
    await other.app.stop();
  });

  it('are shown and changed only at a desk that somebody sits at', async () => {
    const desk = await openDesk();
    const requests = [desk.ask('settings/read', {}), desk.ask('settings/save', { textSize: 'large' })];
    for (const answer of await Promise.all(requests))
      expect(answer).toMatchObject({ problem: { kind: 'not-signed-in' } });
    expect(await desk.ask('settings/change-record-key', {})).toMatchObject({ ok: false });
    await desk.app.stop();
  });
});

describe('the settings of the desk', () => {
  it('hold at once, for everybody, and are in the audit trail by their names alone', async () => {
    const file = createMemoryFile();
    const deskSettings = openMemorySettings({ file });
    const settings = makeAppSettings(
      {
        ...{ environment: 'training', dialect: 'api-platform', pdsBaseUrl: null, asid: '', host: 'test' },
        ...{ baseUrl: 'https://training.bookingdesk.invalid/referrals/FHIR', version: '0.0.0' },
      },
      deskSettings,
    );
    const desk = await openDesk({ deskSettings, settings });
    await desk.signIn();
    const clinicianNames = [{ userId: '021600556514', name: 'HEART, Ruth (Dr)' }];
    await desk.must('settings/save', { clinicianNames, idleLockMinutes: 20 });
    expect(settings.clinicianNames).toEqual({ '021600556514': 'HEART, Ruth (Dr)' });
    expect(settings.policies).toMatchObject({ idleLockMinutes: 20 });
    expect(JSON.parse(file.text ?? '')).toEqual({
      version: 1,
      settings: { clinicianNames, idleLockMinutes: 20 },
    });
    await desk.app.stop();
  });

  it('that the organisation has set are shown as theirs and refused, a person’s own too', async () => {
    const policy = ok(JSON.stringify({ version: 1, settings: { textSize: 'large', dayEndHour: 16 } }));
    const desk = await openDesk({ deskSettings: openMemorySettings({ policy }) });
    await desk.signIn();
    expect(await desk.must('settings/read', {})).toMatchObject({
      textSize: { value: 'large', source: 'organisation' },
      dayEndHour: { value: 16, source: 'organisation' },
    });
    for (const changes of [{ textSize: 'normal' }, { contrast: 'high', dayEndHour: 18 }] as const)
      expect(await desk.ask('settings/save', changes)).toMatchObject({
        problem: { kind: 'rejected', code: 'setting-is-managed' },
      });
    expect(await look(desk)).toMatchObject({ textSize: 'large', contrast: 'normal' });
    await desk.app.stop();
  });

  it('keep a live desk from writing while the policy cannot be used', async () => {
    const policy = ok('{"version":1,');
    const desk = await openDesk({ deskSettings: openMemorySettings({ policy, environment: 'live' }) });
    await desk.signIn();
    expect(await desk.must('outbox/read-summary', {})).toMatchObject({
      canWrite: false,
      writesOffReason: 'policy-not-usable',
    });
    expect(await desk.must('settings/read', {})).toMatchObject({
      troubles: [{ file: 'policy', code: 'not-json' }],
      isKept: false,
      recordKey: null,
    });
    await desk.must('settings/save', { textSize: 'large' });
    expect(await look(desk)).toMatchObject({ textSize: 'large' });
    await desk.app.stop();
  });
});

describe('a new record key', () => {
  it('seals everything anew but the audit trail and what is remembered for a day', async () => {
    const storage = openSqliteStorage(':memory:');
    const desk = await openDesk({ storage });
    await desk.signIn();
    await desk.must('settings/save', { textSize: 'large' });
    const { commit } = await reviewSlot(desk);
    askNow(desk, 'booking/commit', commit);
    await pass(desk, 5);
    const before = storage.all('SELECT payload FROM intent')[0]?.['payload'] as Uint8Array;
    expect(before).toBeInstanceOf(Uint8Array);
    expect(await desk.must('settings/change-record-key', {})).toMatchObject({ recordKey: { older: 1 } });
    await pass(desk, 10);
    const after = storage.all('SELECT payload FROM intent')[0]?.['payload'] as Uint8Array;
    expect(Buffer.from(after).equals(Buffer.from(before))).toBe(false);
    const current = Buffer.from(after).subarray(4, 36);
    expect(namedByOldKeys(storage, current)).toEqual(['audit.entry', 'remembered.payload']);
    expect((await desk.must('outbox/read-items', {})).items).toHaveLength(1);
    await desk.app.stop();
  });
});
