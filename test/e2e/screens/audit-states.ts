/** What was recorded: whole, broken with a clock that is off, and a filter that is wrong. */
import type { AuditRow, TrailStatusView } from '../../../src-main/contract/channels/audit.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { listRead } from './reach.ts';
import type { ScreenState } from './registry.ts';

const SOUND: TrailStatusView = {
  ...{ state: 'sound', rows: 12_408, checkedAt: '2026-11-23T09:00:21.000Z' },
  ...{ findings: [], isSealRead: true, keptDays: 100 },
};
const BROKEN: TrailStatusView = {
  ...SOUND,
  state: 'broken',
  findings: [{ kind: 'rolled-back', seq: 12_001 }],
};

const NOTHING = {
  ...{ attachmentId: '', attachmentType: '', fileName: '', intentId: '', versionBefore: '' },
  ...{ versionAfter: '', askedAt: '', sentAt: '', facts: [] },
};
const DONE: readonly (Pick<AuditRow, 'type' | 'method' | 'resource' | 'outcome'> & Partial<AuditRow>)[] = [
  {
    ...{ type: 'Outbox book APPLIED', method: 'LOCAL', resource: 'Appointment Request', outcome: '' },
    ...{ intentId: '00000000-0000-4000-8000-000000000001', versionBefore: '5' },
    ...{ askedAt: '2026-11-23T10:41:58.204Z', sentAt: '2026-11-23T10:41:59.011Z' },
    facts: [{ name: 'attempt', value: '1' }],
  },
  {
    ...{
      type: 'API Retrieve Request Summary',
      method: 'GET',
      resource: 'Referral Request',
      outcome: 'success',
    },
  },
  { type: 'API Book Appointment', method: 'POST', resource: 'Appointment Request', outcome: 'success' },
  {
    type: 'API Book Appointment',
    method: 'POST',
    resource: 'Appointment Request',
    outcome: 'SLOT_NOT_AVAILABLE',
  },
  { type: 'Local event', method: 'LOCAL', resource: '', outcome: 'wrong-identity-digits' },
  { type: 'API Retrieve Slots', method: 'GET', resource: 'Slot', outcome: 'success' },
];

const ROWS: readonly AuditRow[] = DONE.map((part, nth) => ({
  ...NOTHING,
  ...{
    seq: 12_408 - nth,
    at: `2026-11-23T10:4${2 - Math.floor(nth / 3)}:0${9 - nth}.317Z`,
    isFailed: [3, 4].includes(nth),
  },
  ...{ userId: '555000000101', onBehalfOf: '', ubrn: '000000070001', nhsNumber: '9434765919' },
  ...{ sessionId: '3f2a91c0-77de-4', organisation: 'R69', organisationName: 'WILLOW LANE SURGERY' },
  ...{ businessFunction: 'REFERRING_CLINICIAN_ADMIN', asid: '000000000001' },
  ...{ host: 'training.bookingdesk.invalid', correlationId: '5c0f2a52-9f1e-4b2c-8c9e-0e6a3a1f2b4d' },
  ...part,
}));

async function openTrail(desk: ClerkDesk, status: TrailStatusView): Promise<void> {
  await listRead(desk);
  const actions = ['API Book Appointment', 'API Retrieve Slots', 'Local event', 'Outbox book'];
  desk.scripted.script(
    'audit/read',
    ok({ rows: [...ROWS], next: null, unreadable: 0, mayReadAll: true, actions, status }),
  );
  await desk.press('Alt+U');
  await desk.page.locator('.item-grid--audit:focus').waitFor();
}

export const AUDIT_SCREENS: readonly ScreenState[] = [
  { name: 'audit--ready', shows: /The trail is whole/, reach: (desk) => openTrail(desk, SOUND) },
  {
    name: 'audit--broken-and-clock-off',
    shows: /The trail is not whole/,
    async reach(desk) {
      desk.scripted.script(
        'audit/read-clock',
        ok({ status: 'off', readings: 12, lowestMs: 41_200, highestMs: 41_900, readAt: null }),
      );
      await desk.page.reload();
      await openTrail(desk, BROKEN);
    },
  },
  {
    name: 'audit--wrong-filter',
    shows: /A UBRN has 12 digits/,
    async reach(desk) {
      await openTrail(desk, SOUND);
      await desk.press('F4');
      await desk.type('12345');
      await desk.press('Enter');
    },
  },
];
