/** Attack S28: whatever is done to the file of the trail while the app is off, the first bad row is named. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Secrets } from '../../../src-main/app/ports.ts';
import { createMemorySecrets } from '../../support/memory-secrets.ts';
import {
  appendRows,
  copyDatabase,
  makePlace,
  openTrail,
  tamper,
  type OpenTrail,
  type Place,
} from './trail-bench.ts';

const ROWS = 10_000;
const EARLIER = 9_400;
const COLUMNS = 'at, entry, previous, hash, user_tag, ubrn_tag, nhs_tag, action_tag, is_failed';
let template: Place;
let secrets: Secrets;
let older: string;
const places: Place[] = [];

beforeAll(async () => {
  template = makePlace();
  older = `${template.path}.older`;
  secrets = createMemorySecrets();
  const earlier = await openTrail({ path: template.path, secrets });
  appendRows(earlier, EARLIER);
  await earlier.close();
  copyClosed(template.path, older);
  const later = await openTrail({ path: template.path, secrets });
  appendRows(later, ROWS - EARLIER);
  await later.close();
});
afterAll(() => [template, ...places].forEach(({ remove }) => remove()));

/** A file that was closed has no log beside it. */
function copyClosed(from: string, to: string): void {
  expect(existsSync(`${from}-wal`)).toBe(false);
  tamper(from, 'PRAGMA journal_mode=WAL');
  tamper(from, `VACUUM INTO '${to}'`);
}

async function look(path: string): Promise<OpenTrail> {
  const desk = await openTrail({ path, secrets: await copySecrets() });
  await desk.trail.check();
  return desk;
}

/** A finding writes a new seal: each look has secrets of its own. */
async function copySecrets(): Promise<Secrets> {
  const copy = createMemorySecrets();
  const ring = await secrets.read('record-key-ring');
  const { current } = JSON.parse(Buffer.from((ring.ok && ring.value) || []).toString()) as {
    current: string;
  };
  for (const name of ['record-key-ring', 'record-tag-key', `record-key-${current}`, 'audit-seal']) {
    const value = await secrets.read(name);
    if (value.ok && value.value !== null) await copy.write(name, value.value);
  }
  return copy;
}

async function findingsAfter(...statements: string[]): Promise<unknown> {
  const place = makePlace();
  places.push(place);
  copyClosed(template.path, place.path);
  tamper(place.path, ...statements);
  const desk = await look(place.path);
  const { state, findings } = desk.trail.status();
  expect(state).toBe(findings.length === 0 ? 'sound' : 'broken');
  const told = desk.lines.filter((line) => line.includes('audit-trail-broken'));
  expect(told.length > 0).toBe(findings.length > 0);
  expect(told.join()).not.toMatch(/9434765919|0000000700/);
  await desk.close();
  return findings;
}

describe('a trail of 10,000 rows', () => {
  it('is sound when nobody touched it', async () => {
    const desk = await look(template.path);
    expect(desk.trail.status()).toMatchObject({ state: 'sound', rows: ROWS, findings: [], isSealRead: true });
    await desk.close();
  });

  it.each([
    ['an edited time', ["UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 4321"], 4321],
    [
      'an edited entry',
      ['UPDATE audit SET entry = (SELECT entry FROM audit WHERE seq = 17) WHERE seq = 777'],
      777,
    ],
    ['a row that was hidden from a filter', ['UPDATE audit SET ubrn_tag = nhs_tag WHERE seq = 5000'], 5000],
    ['a failure that was made a success', ['UPDATE audit SET is_failed = 1 - is_failed WHERE seq = 9'], 9],
    ['an edited first row', ["UPDATE audit SET entry = x'00' WHERE seq = 1"], 1],
    ['an edited last row', [`UPDATE audit SET at = '2020' WHERE seq = ${ROWS}`], ROWS],
    [
      'two rows in each other’s place',
      [
        'UPDATE audit SET seq = -1 WHERE seq = 3000',
        'UPDATE audit SET seq = 3000 WHERE seq = 7000',
        'UPDATE audit SET seq = 7000 WHERE seq = -1',
      ],
      3000,
    ],
    [
      'a copy of a row put in',
      [
        `UPDATE audit SET seq = -seq - 1 WHERE seq > 2500`,
        `UPDATE audit SET seq = -seq WHERE seq < 0`,
        `INSERT INTO audit (seq, ${COLUMNS}) SELECT 2501, ${COLUMNS} FROM audit WHERE seq = 1200`,
      ],
      2501,
    ],
    [
      'a row put behind the last one',
      [`INSERT INTO audit (seq, ${COLUMNS}) SELECT ${ROWS + 1}, ${COLUMNS} FROM audit WHERE seq = ${ROWS}`],
      ROWS + 1,
    ],
    ['a row made one of before the chain had a key', ['UPDATE audit SET user_tag = NULL WHERE seq = 80'], 80],
  ])('names the first bad row: %s', async (_name, statements, seq) => {
    expect(await findingsAfter(...statements)).toEqual([{ kind: 'changed', seq }]);
  });

  it('names a row that was deleted, and one in front of the first', async () => {
    expect(await findingsAfter('DELETE FROM audit WHERE seq = 6666')).toEqual([
      { kind: 'missing', seq: 6666 },
    ]);
    expect(await findingsAfter('DELETE FROM audit WHERE seq <= 20')).toEqual([{ kind: 'missing', seq: 1 }]);
    const first = `INSERT INTO audit (seq, ${COLUMNS}) SELECT 0, ${COLUMNS} FROM audit WHERE seq = 1`;
    expect(await findingsAfter(first)).toEqual([{ kind: 'not-of-the-chain', seq: 0 }]);
  });

  it('sees through a chain that was made anew without the key', async () => {
    const anchor = `INSERT INTO audit_anchor VALUES (1, 50, '2020', (SELECT hash FROM audit WHERE seq = 50), x'00')`;
    expect(await findingsAfter(anchor, 'DELETE FROM audit WHERE seq <= 50')).toEqual([
      { kind: 'changed', seq: 50 },
    ]);
  });

  it('names the first row that was cut off the end', async () => {
    expect(await findingsAfter('DELETE FROM audit WHERE seq > 9990')).toEqual([
      { kind: 'cut-short', seq: 9991 },
    ]);
    expect(await findingsAfter('DELETE FROM audit')).toEqual([{ kind: 'cut-short', seq: 1 }]);
  });

  it('tells an older file that was put back, and does not forget it once rows were added', async () => {
    const place = makePlace();
    places.push(place);
    copyClosed(older, place.path);
    const kept = await copySecrets();
    const first = await openTrail({ path: place.path, secrets: kept });
    await first.trail.check();
    const rolledBack = { kind: 'rolled-back', seq: EARLIER + 1 };
    expect(first.trail.status()).toMatchObject({ state: 'broken', findings: [rolledBack] });
    expect(first.audit.read().at(-1)?.entry).toMatchObject({
      type: 'Audit trail',
      outcome: 'trail-broken-rolled-back',
      facts: { firstBadRow: EARLIER + 1 },
    });
    appendRows(first, 700);
    await first.close();
    const second = await openTrail({ path: place.path, secrets: kept });
    await second.trail.check();
    expect(second.trail.status()).toMatchObject({ state: 'broken', findings: [rolledBack] });
    expect(second.lines.join()).not.toContain('audit-trail-broken');
    await second.close();
  });

  it('tells an older file with the log that lay beside it', async () => {
    const [place, kept] = [makePlace(), createMemorySecrets()];
    places.push(place);
    const desk = await openTrail({ path: place.path, secrets: kept });
    appendRows(desk, 50);
    // As it lies on the disk while the app runs: most of it is in the log only.
    copyDatabase(place.path, `${place.path}.live`);
    appendRows(desk, 50);
    await desk.close();
    copyDatabase(`${place.path}.live`, place.path);
    const later = await openTrail({ path: place.path, secrets: kept });
    expect(later.trail.status().findings).toEqual([{ kind: 'cut-short', seq: 51 }]);
    await later.close();
  });
});

describe('the seal', () => {
  it('tells a trail that went on from an older file while no seal could be written', async () => {
    const [place, kept] = [makePlace(), createMemorySecrets()];
    places.push(place);
    const desk = await openTrail({ path: place.path, secrets: kept });
    appendRows(desk, 5);
    await desk.close();
    copyClosed(place.path, `${place.path}.older`);
    const next = await openTrail({ path: place.path, secrets: kept });
    appendRows(next, 5);
    await next.close();
    const sealed = await kept.read('audit-seal');
    copyDatabase(`${place.path}.older`, place.path);
    const stray = await openTrail({ path: place.path, secrets: kept });
    appendRows(stray, 9);
    await stray.close();
    await kept.write('audit-seal', (sealed.ok && sealed.value) || new Uint8Array());
    const found = await openTrail({ path: place.path, secrets: kept });
    await found.trail.check();
    expect(found.trail.status()).toMatchObject({ findings: [{ kind: 'rolled-back', seq: 10 }] });
    await found.close();
  });

  it('is behind the rows of a crash, and that is no finding', async () => {
    const [place, kept] = [makePlace(), createMemorySecrets()];
    places.push(place);
    const desk = await openTrail({ path: place.path, secrets: kept });
    appendRows(desk, 3);
    await desk.clock.advance(15_000);
    appendRows(desk, 4);
    desk.storage.close();
    const later = await openTrail({ path: place.path, secrets: kept });
    await later.trail.check();
    expect(later.trail.status()).toMatchObject({ state: 'sound', rows: 7 });
    await later.close();
    tamper(place.path, 'DELETE FROM audit WHERE seq = 7');
    const cut = await openTrail({ path: place.path, secrets: kept });
    expect(cut.trail.status().findings).toEqual([{ kind: 'cut-short', seq: 7 }]);
    await cut.close();
  });

  it('that was taken away, or is not ours, says that the end is not known', async () => {
    const [place, kept] = [makePlace(), createMemorySecrets()];
    places.push(place);
    const desk = await openTrail({ path: place.path, secrets: kept });
    appendRows(desk, 5);
    await desk.close();
    const sealed = await kept.read('audit-seal');
    const bytes = Buffer.from((sealed.ok && sealed.value) || []);
    await kept.write('audit-seal', Buffer.from(bytes.toString().replace('"seq":5', '"seq":4')));
    const forged = await openTrail({ path: place.path, secrets: kept });
    expect(forged.trail.status().findings).toEqual([{ kind: 'seal-damaged', seq: 6 }]);
    await forged.close();
    await kept.remove('audit-seal');
    const gone = await openTrail({ path: place.path, secrets: kept });
    expect(gone.trail.status().findings).toEqual([{ kind: 'seal-missing', seq: 7 }]);
    await gone.close();
  });

  it('is put off while the keyring does not take it', async () => {
    const kept = createMemorySecrets();
    let refuses = true;
    const write: Secrets['write'] = async (name, value) =>
      name === 'audit-seal' && refuses
        ? { ok: false, problem: { kind: 'writes-off', code: 'no-keyring', correlationId: '', facts: {} } }
        : kept.write(name, value);
    const desk = await openTrail({ secrets: { ...kept, write } });
    appendRows(desk, 2);
    await desk.clock.advance(15_000);
    expect(desk.lines.join()).toContain('audit-not-sealed');
    expect(await kept.read('audit-seal')).toMatchObject({ value: null });
    // A minute, ten minutes, then once an hour: not at every new row.
    const asked = desk.lines.length;
    for (let minute = 0; minute < 60; minute += 1) {
      appendRows(desk, 1);
      await desk.clock.advance(60_000);
    }
    expect(desk.lines.filter((line) => line.includes('not-sealed')).length).toBeLessThanOrEqual(asked + 3);
    refuses = false;
    await desk.clock.advance(3_600_000);
    expect((await kept.read('audit-seal')).ok).toBe(true);
    await desk.close();
    const sealed = await kept.read('audit-seal');
    expect(Buffer.from((sealed.ok && sealed.value) || []).toString()).toContain('"seq":62');
  });
});
