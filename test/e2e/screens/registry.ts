/** Every screen and state of the product, with the way to reach it by keyboard and scripted answers. */
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { spokenDigits } from '../support/truth.ts';
import { ADVICE_SCREENS } from './advice-states.ts';
import { AUDIT_SCREENS } from './audit-states.ts';
import { CANCELLATION_SCREENS } from './cancellation-states.ts';
import { DIAGNOSTICS_SCREENS } from './diagnostics-states.ts';
import { LETTER_SCREENS } from './letter-states.ts';
import { LIST_SCREENS } from './list-states.ts';
import { OFFLINE_SCREENS } from './offline-states.ts';
import { OUTBOX_SCREENS } from './outbox-states.ts';
import { REFER_SCREENS } from './refer-states.ts';
import { REFERRAL_SCREENS } from './referral-states.ts';
import { REVIEW_SCREENS } from './review-states.ts';
import { SESSION_SCREENS } from './session-states.ts';
import { SETTINGS_SCREENS } from './settings-states.ts';
import {
  CORRELATION,
  listRead,
  openBookable,
  openReview,
  openScene,
  openSlots,
  problem,
  PROBLEM_SHOWN,
  PROBLEMS,
  REFUSALS,
} from './reach.ts';

export interface ScreenState {
  /** `screen--state`, also the name of its picture. */
  readonly name: string;
  readonly shows: RegExp;
  readonly isSignedOut?: boolean;
  reach(desk: ClerkDesk): Promise<void>;
}

const atWorklist: ScreenState[] = [
  { name: 'worklist--ready', shows: /referrals, read/, reach: listRead },
  {
    name: 'worklist--loading',
    shows: /Reading|reading|Loading/,
    async reach(desk) {
      desk.scripted.script('worklist/fetch', 'never');
      await desk.page.reload();
      await desk.page.locator('.desk-loading:visible').first().waitFor();
    },
  },
  {
    name: 'worklist--empty',
    shows: /No referrals/,
    async reach(desk) {
      const real = await desk.app.handle(
        'worklist/fetch',
        { kind: 'AWAITING_BOOKING' },
        { isTrusted: true, place: 'test' },
      );
      if (!real.ok) throw new Error('the list could not be read');
      desk.scripted.script('worklist/fetch', {
        ok: true,
        value: { ...(real.value as object), rows: [] },
      } as never);
      await desk.page.reload();
    },
  },
  ...PROBLEMS.map(([state, answer]) => ({
    name: `worklist--${state}`,
    shows: PROBLEM_SHOWN,
    async reach(desk: ClerkDesk) {
      desk.scripted.script('worklist/fetch', answer);
      await desk.page.reload();
    },
  })),
];

const atFind: ScreenState[] = [
  {
    name: 'find--ready',
    shows: /UBRN or NHS number/,
    async reach(desk) {
      await listRead(desk);
      await desk.press('F2');
    },
  },
  {
    name: 'find--check-digit',
    shows: /not an NHS number/,
    async reach(desk) {
      await listRead(desk);
      await desk.press('F2');
      await desk.type('9991234567');
      await desk.press('Enter');
    },
  },
  {
    name: 'find--second-identifier',
    shows: /[Ll]ast 4 digits/,
    async reach(desk) {
      await listRead(desk);
      desk.scripted.script('referral/open', problem('needs-second-identifier', 'typed-ubrn'));
      await desk.press('F2');
      await desk.type('000012345678');
      await desk.press('Enter');
    },
  },
];

const atReferral: ScreenState[] = [
  { name: 'referral--ready', shows: /Shortlist/, reach: async (desk) => void (await openBookable(desk)) },
  {
    name: 'referral--requirements',
    shows: /[Ii]nterpreter/,
    reach: (desk) => openScene(desk, 'requirements'),
  },
  { name: 'referral--deceased', shows: /[Dd]eceased|[Dd]ied/, reach: (desk) => openScene(desk, 'deceased') },
  {
    name: 'referral--s-flag',
    shows: /sensitive|S flag|restricted/i,
    reach: (desk) => openScene(desk, 's-flag'),
  },
  { name: 'referral--no-details', shows: /NHS No|PDS/, reach: (desk) => openScene(desk, 'pds-missing') },
  {
    name: 'referral--loading',
    shows: /Reading|reading|Loading/,
    async reach(desk) {
      await listRead(desk);
      desk.scripted.script('referral/open', 'never');
      await desk.press('ArrowDown', 'Enter');
      await desk.page.locator('.desk-loading:visible').first().waitFor();
    },
  },
  ...[...PROBLEMS, ...REFUSALS].map(([state, answer]) => ({
    name: `referral--${state}`,
    shows: PROBLEM_SHOWN,
    async reach(desk: ClerkDesk) {
      await listRead(desk);
      desk.scripted.script('referral/open', answer);
      await desk.press('ArrowDown', 'Enter');
    },
  })),
];

const atSlots: ScreenState[] = [
  { name: 'slots--week', shows: /free slots, page/, reach: async (desk) => void (await openSlots(desk)) },
  {
    name: 'slots--list',
    shows: /Named clinician/,
    async reach(desk) {
      await openSlots(desk);
      await desk.press('F8');
      await desk.page.locator('.slot-list__row').nth(2).waitFor();
    },
  },
  {
    name: 'slots--pinned',
    shows: /“/,
    async reach(desk) {
      await openSlots(desk);
      await desk.press('Space', 'ArrowDown', 'Space', 'Enter');
    },
  },
  {
    name: 'slots--dummy',
    shows: /Unusual|do not attend/i,
    async reach(desk) {
      await openScene(desk, 'dummy-slots');
      await desk.press('F7');
      await desk.page.locator('[id^="slot-"]').first().waitFor();
    },
  },
  {
    name: 'slots--service-chooser',
    shows: /Which|Choose|service/,
    async reach(desk) {
      await listRead(desk);
      const { world } = desk.service;
      const isDirect = (id: string) => world.findService(id)?.kind === 'directly-bookable';
      await desk.selectBefore((ubrn) => {
        const { state, shortlist } = world.referral(ubrn);
        return state === 'NOT_BOOKED' && shortlist.filter(isDirect).length > 1;
      });
      await desk.press('ArrowDown', 'Enter', 'F7');
      await desk.page.locator('[role="listbox"]').first().waitFor();
    },
  },
  {
    name: 'slots--empty',
    shows: /e-RS has no free slots/,
    async reach(desk) {
      await openScene(desk, 'no-slots');
      await desk.press('F7');
    },
  },
  {
    name: 'slots--loading',
    shows: /Reading|reading|Loading/,
    async reach(desk) {
      await openBookable(desk);
      desk.scripted.script('slots/search', 'never');
      await desk.press('F7');
      await desk.page.locator('.desk-loading:visible').first().waitFor();
    },
  },
  ...PROBLEMS.map(([state, answer]) => ({
    name: `slots--${state}`,
    shows: PROBLEM_SHOWN,
    async reach(desk: ClerkDesk) {
      await openBookable(desk);
      desk.scripted.script('slots/search', answer);
      await desk.press('F7');
    },
  })),
];

const BOOKING_ANSWERS: readonly (readonly [string, string, string, RegExp])[] = [
  ['sending', 'sending', '', /NOT CONFIRMED/],
  ['booked', 'booked', '', /Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun)/],
  ['slot-gone', 'refused', 'SLOT_NOT_AVAILABLE', /NOT BOOKED/],
  ['unknown', 'unknown', 'reply-lost', /NOT CONFIRMED/],
  ['provider-silent', 'needs-clerk', 'PAS_NOT_RESPONDING', /NOT CONFIRMED|NOT BOOKED/],
];

const atBooking: ScreenState[] = [
  { name: 'review--ready', shows: /Book this slot/, reach: async (desk) => void (await openReview(desk)) },
  {
    name: 'review--wrong-digits',
    shows: /match|fit|try|attempt/i,
    async reach(desk) {
      const ubrn = await openReview(desk);
      await desk.type(spokenDigits(desk.service, ubrn) === '0101' ? '0202' : '0101');
      await desk.press('Ctrl+Enter');
    },
  },
  {
    name: 'review--writes-off',
    shows: /NOT BOOKED|switched off/,
    async reach(desk) {
      await openSlots(desk);
      desk.scripted.script('booking/review-slot', problem('writes-off', 'no-keyring'));
      await desk.press('Enter', 'Shift+F7');
    },
  },
  ...BOOKING_ANSWERS.map(([state, name, code, shows]) => ({
    name: `result--${state}`,
    shows,
    async reach(desk: ClerkDesk) {
      const ubrn = await openReview(desk);
      const start = '2026-12-01T09:30:00.000Z';
      const booking = {
        intentId: '00000000-0000-4000-8000-000000000001',
        ...{
          ubrn,
          state: name,
          code,
          correlationId: CORRELATION,
          serviceName: 'General Cardiology Clinic',
          start,
        },
        ...{ clinicianId: null, sentAt: '2026-11-23T10:41:00.000Z', appointmentId: null },
        nextCheckAt: name === 'unknown' ? '2026-11-23T10:42:40.000Z' : null,
        ...{ mayDefer: code === 'SLOT_NOT_AVAILABLE', updatedAt: '2026-11-23T10:41:01.000Z' },
      };
      desk.scripted.script('booking/commit', { ok: true, value: { kind: 'started', booking } } as never);
      await desk.type(spokenDigits(desk.service, ubrn));
      await desk.press('Ctrl+Enter');
    },
  })),
];

const atLetter: ScreenState[] = [
  {
    name: 'letter--pages',
    shows: /2 pages/,
    async reach(desk) {
      await openBookable(desk);
      await desk.press('F9');
      await desk.page.locator('[data-drawn="true"]').first().waitFor();
    },
  },
  {
    name: 'letter--text',
    shows: /2 pages/,
    async reach(desk) {
      await openBookable(desk);
      await desk.press('F9');
      await desk.page.locator('[data-drawn="true"]').first().waitFor();
      await desk.press('F8');
      await desk.shows(/NHS number/);
    },
  },
  ...[...PROBLEMS, ['no-access-code', problem('rejected', 'NO_ACCESS_CODE', { status: 422 })] as const].map(
    ([state, answer]) => ({
      name: `letter--${state}`,
      shows: PROBLEM_SHOWN,
      async reach(desk: ClerkDesk) {
        await openBookable(desk);
        desk.scripted.script('letters/fetch', answer);
        await desk.press('F9');
      },
    }),
  ),
];

const panel = (name: string, key: string, shows: RegExp): ScreenState => ({
  name,
  shows,
  async reach(desk) {
    await openBookable(desk);
    await desk.press(key);
  },
});

const atFrame: ScreenState[] = [
  panel('frame--palette', 'Ctrl+K', /Slots|Letter/),
  panel('frame--keys', 'Shift+F1', /F7/),
  panel('frame--help', 'F1', /Help|help/),
  panel('frame--roles', 'Alt+R', /Referring Clinician/i),
  {
    name: 'frame--locked',
    shows: /[Ll]ocked/,
    async reach(desk) {
      await openBookable(desk);
      await desk.press('Ctrl+L');
    },
  },
];

const beforeSignIn: ScreenState[] = [
  { name: 'sign-in--ready', isSignedOut: true, shows: /Sign in/, reach: async () => undefined },
  {
    name: 'sign-in--error',
    isSignedOut: true,
    shows: /What to do|Sign in/,
    async reach(desk) {
      await desk.shows(/Sign in/);
      desk.scripted.script('session/sign-in', problem('unavailable', 'SYSTEM_UNAVAILABLE', { status: 503 }));
      await desk.press('Enter');
      await desk.page.locator('.desk-problem').waitFor();
    },
  },
  {
    name: 'sign-in--no-role',
    isSignedOut: true,
    shows: /role/,
    async reach(desk) {
      await desk.shows(/Sign in/);
      desk.scripted.script('session/sign-in', problem('forbidden', 'no-ers-role'));
      await desk.press('Enter');
      await desk.page.locator('.desk-problem').waitFor();
    },
  },
  {
    name: 'roles--ready',
    isSignedOut: true,
    shows: /Referring Clinician/i,
    async reach(desk) {
      await desk.shows(/Sign in/);
      await desk.press('Enter');
      await desk.page.locator('[role="option"]').first().waitFor();
    },
  },
];

export const SCREENS: readonly ScreenState[] = [
  ...beforeSignIn,
  ...atWorklist,
  ...atFind,
  ...atReferral,
  ...atSlots,
  ...atBooking,
  ...atLetter,
  ...atFrame,
  ...LETTER_SCREENS,
  ...LIST_SCREENS,
  ...OFFLINE_SCREENS,
  ...OUTBOX_SCREENS,
  ...CANCELLATION_SCREENS,
  ...REFER_SCREENS,
  ...REFERRAL_SCREENS,
  ...REVIEW_SCREENS,
  ...SESSION_SCREENS,
  ...SETTINGS_SCREENS,
  ...AUDIT_SCREENS,
  ...DIAGNOSTICS_SCREENS,
  ...ADVICE_SCREENS,
];
