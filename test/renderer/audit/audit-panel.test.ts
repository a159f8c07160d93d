// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { AuditRow, TrailStatusView } from '../../../src-main/contract/channels/audit.ts';
import { fail, ok } from '../../../src-main/contract/outcome.ts';
import { mountDesk, type MountedDesk } from '../../support/mount-desk.ts';
import type { FakeAnswers } from '../../support/fake-bridge.ts';
import { makeSession } from '../../support/fake-data.ts';

const STATUS: TrailStatusView = {
  ...{ state: 'sound', rows: 230, checkedAt: '2026-11-23T10:42:00.000Z' },
  ...{ findings: [], isSealRead: true, keptDays: 100 },
};
const makeRow = (seq: number): AuditRow => ({
  ...{ seq, at: '2026-11-23T10:40:00.123Z', isFailed: seq % 2 === 0, method: 'GET' },
  ...{ type: 'API Retrieve Slots', resource: 'Slot', userId: '555000000101', onBehalfOf: '' },
  ...{ ubrn: '000000070001', nhsNumber: '9434765919', sessionId: 'run-3', organisation: 'R69' },
  ...{ organisationName: '', businessFunction: 'REFERRING_CLINICIAN_ADMIN', asid: '000000000001' },
  ...{ host: 'ers.test', correlationId: 'c-1', outcome: 'success', attachmentId: '', attachmentType: '' },
  ...{ fileName: '', intentId: '', versionBefore: '5', versionAfter: '', askedAt: '', sentAt: '' },
  facts: [{ name: 'operation', value: 'A015' }],
});

let desk: MountedDesk;
afterEach(() => desk.unmount());

async function openTrail(answers: FakeAnswers = {}, mayReadAll = true): Promise<void> {
  desk = await mountDesk({
    'audit/read-clock': () =>
      ok({ status: 'no-sign', readings: 9, lowestMs: -90, highestMs: 40, readAt: null }),
    'audit/read': ({ past }) => {
      const from = past ?? 231;
      const rows = Array.from({ length: Math.min(100, from - 1) }, (_, nth) => makeRow(from - 1 - nth));
      const next = from > 101 ? from - 100 : null;
      return ok({ rows, next, unreadable: 0, mayReadAll, actions: ['API Retrieve Slots'], status: STATUS });
    },
    ...answers,
  });
  await desk.press('Alt+U');
}

/** Identifiers are shown with spaces that do not break. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const selected = () => document.querySelector('.item-grid--audit [aria-selected="true"]')?.id;

describe('the audit trail', () => {
  it('shows every field of the chosen entry, and reads on as one goes down', async () => {
    await openTrail();
    expect(desk.text()).toContain('The trail is whole: 230 entries');
    expect(desk.text()).toContain('100 entries so far');
    expect(selected()).toBe('audit-row-230');
    const detail = plain(document.querySelector('.audit-detail')?.textContent ?? '');
    for (const words of [
      '0000 0007 0001',
      '943 476 5919',
      '2026-11-23 10:40:00.123',
      'run-3',
      'ers.test',
      'A015',
    ])
      expect(detail).toContain(words);
    expect(detail).not.toContain('File name');
    await desk.press('End');
    await desk.press('End', 'End');
    expect(selected()).toBe('audit-row-1');
    expect(desk.fake.inputsOf('audit/read').map(({ past }) => past)).toEqual([null, 131, 31]);
  });

  it('filters by what is typed, and asks nothing while a field is wrong', async () => {
    await openTrail();
    await desk.press('F4');
    await desk.type('12');
    await desk.press('Enter');
    expect(desk.text()).toContain('A UBRN has 12 digits.');
    expect(desk.fake.inputsOf('audit/read')).toHaveLength(1);
    document.querySelector<HTMLInputElement>('#audit-ubrn')?.focus();
    await desk.type('000000070001');
    await desk.press('Enter');
    expect(desk.fake.inputsOf('audit/read').at(-1)?.filter).toMatchObject({
      ubrn: '000000070001',
      userId: null,
    });
  });

  it('saves what is recorded of one patient, for whom may read it', async () => {
    await openTrail({ 'audit/export': () => ok({ isSaved: true, rows: 12, isCut: false }) });
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('filter by a UBRN or an NHS number first');
    await desk.press('F4');
    await desk.type('000000070001');
    await desk.press('Enter', 'Ctrl+S');
    expect(desk.fake.inputsOf('audit/export')).toEqual([{ ubrn: '000000070001', nhsNumber: null }]);
    expect(desk.statusLine()).toContain('12 entries saved');
  });

  it('says to others why not, and has no field for the people they may not see', async () => {
    await openTrail({}, false);
    await desk.press('Ctrl+S');
    expect(desk.statusLine()).toContain('your organisation has not named you');
    expect(document.querySelector('#audit-user')).toBeNull();
    expect(desk.text()).toContain('of your own');
  });

  it('leaves nothing in the page at a lock', async () => {
    await openTrail();
    expect(plain(desk.text())).toMatch(/943 476 5919[^]*0000 0007 0001|0000 0007 0001[^]*943 476 5919/);
    await desk.press('Ctrl+L');
    desk.fake.push('session/changed', makeSession({ status: 'locked' }));
    await desk.settle();
    expect(plain(desk.text())).not.toMatch(/943 476 5919|0000 0007 0001|API Retrieve Slots/);
  });

  it('says in words what could not be read', async () => {
    await openTrail({ 'audit/read': () => fail('unavailable', 'audit-not-readable') });
    expect(desk.text()).toContain('What was recorded cannot be read now');
  });

  it('names the first bad row after a check', async () => {
    await openTrail({
      'audit/check': () => ok({ ...STATUS, state: 'broken', findings: [{ kind: 'missing', seq: 12 }] }),
    });
    await desk.press('F9');
    expect(desk.text()).toContain('Row 12 is missing.');
    expect(desk.statusLine()).toContain('not whole');
  });
});

it('shows on every screen that the clock is off, and for how long it is', async () => {
  desk = await mountDesk({
    'audit/read-clock': () =>
      ok({ status: 'unknown', readings: 0, lowestMs: null, highestMs: null, readAt: null }),
  });
  expect(desk.text()).not.toContain('clock is');
  const off = { status: 'off', readings: 5, lowestMs: 61_000, highestMs: 62_000, readAt: null } as const;
  desk.fake.push('audit/clock-changed', off);
  await desk.settle();
  expect(desk.text()).toContain('This computer’s clock is at least 61 seconds fast');
});
