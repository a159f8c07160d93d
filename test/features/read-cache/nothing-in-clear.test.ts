import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteStorage } from '../../../src-main/adapters/node/sqlite-storage.ts';
import { MAIN_USER_ID } from '../../../src-main/training-service/world/staff.ts';
import { openDesk } from '../../support/desk.ts';
import { findInClear } from '../../support/secret-forms.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('leaves nothing readable of a list, a referral, its patient and its slots in the database or its log', async () => {
  const storage = openSqliteStorage(join(folder, 'desk.sqlite'));
  const desk = await openDesk({ storage });
  await desk.signIn();
  const { world } = desk.service;
  const [ubrn = ''] = world.findScene('bookable');
  const { nhsNumber, shortlist } = world.referral(ubrn);
  const patient = world.findPatient(nhsNumber);
  await desk.must('worklist/fetch', { kind: 'AWAITING_BOOKING' });
  await desk.must('patient/read-names', { nhsNumbers: [nhsNumber] });
  await desk.must('referral/open', { ubrn, secondIdentifier: null });
  const search = { ubrn, serviceId: shortlist[0] ?? '', priority: null, clinicianId: null };
  const { firstPage, serviceName } = await desk.must('slots/search', search);
  await desk.clock.advance(1000);

  const files = readdirSync(folder);
  expect(files).toContain('desk.sqlite-wal');
  const places = new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
  expect(storage.all('SELECT count(*) AS n FROM remembered')[0]?.['n']).toBeGreaterThanOrEqual(5);
  const secrets = new Map([
    ['the NHS number', nhsNumber],
    ['the UBRN', ubrn],
    ['the family name', patient?.family ?? ''],
    ['the address', patient?.address[0] ?? ''],
    ['the date of birth', patient?.birthDate ?? ''],
    ['the start of a slot', firstPage.slots[0]?.start ?? ''],
    ['the service', serviceName],
    ['the user', MAIN_USER_ID],
    ['the kind of list', 'AWAITING_BOOKING'],
  ]);
  expect([...secrets.values()].every((secret) => secret.length > 3)).toBe(true);
  expect(findInClear(secrets, places)).toEqual([]);
  const planted = new Map([['planted', Buffer.from(`x${Buffer.from(`xx${ubrn}`).toString('base64')}`)]]);
  expect(findInClear(secrets, planted)).toEqual(['the UBRN in planted']);
});
