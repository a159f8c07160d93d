/** Cancelling, moving, the shortlist and acting for a clinician; main is scripted where a state must be met on demand. */
import type {
  AppointmentCancelReview,
  ReferralCancelReview,
} from '../../../src-main/contract/channels/cancellation.ts';
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import type { ShortlistChangeReview } from '../../../src-main/contract/channels/shortlist.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { spokenDigits } from '../support/truth.ts';
import { CORRELATION, listRead, openBookable } from './reach.ts';
import type { ScreenState } from './registry.ts';

const SENDER = { isTrusted: true, place: 'test' };
const START = '2026-12-15T09:30:00.000Z';
const SERVICE = 'General Cardiology Clinic';
const ADMIN_ROLE = 'R68.SERVICE_PROVIDER_CLINICIAN_ADMIN';

async function chooseAdmin(desk: ClerkDesk): Promise<void> {
  await desk.app.handle('session/choose-role', { roleId: ADMIN_ROLE }, SENDER);
}

/** The provider's desk, for the first clinician, with a referral of Referrals for Review open. */
async function openForReview(
  desk: ClerkDesk,
  scene: 'booked-for-review' | 'review-indirectly',
): Promise<string> {
  await chooseAdmin(desk);
  const answer = await desk.app.handle('session/read-clinicians', {}, SENDER);
  const { clinicians } = (answer as { value: { clinicians: { userId: string }[] } }).value;
  await desk.app.handle('session/choose-clinician', { userId: clinicians[0]?.userId ?? '' }, SENDER);
  await desk.page.reload();
  await desk.shows(/On behalf of\s+for /);
  await desk.press('Ctrl+6');
  await listRead(desk);
  const ubrns = desk.service.world.findScene(scene);
  const ubrn = await desk.selectBefore((candidate) => ubrns.includes(candidate));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Born\s+\d\d-/);
  return ubrn;
}

async function openLater(
  desk: ClerkDesk,
  scene: 'booked-for-review' | 'review-indirectly' = 'booked-for-review',
): Promise<string> {
  const ubrn = await openForReview(desk, scene);
  await desk.press('Shift+F9');
  await desk.shows(/Comment for the admin team/);
  return ubrn;
}

const APPOINTMENT = {
  ...{ appointmentId: '70001', version: 2, status: 'booked', reason: null, serviceId: '11000' },
  ...{ serviceName: SERVICE, clinicianId: null, start: START, end: null, slotId: null },
};

/** A referral as main tells it, booked and free to be cancelled. */
async function openCancellable(desk: ClerkDesk, changes: Partial<ReferralView> = {}): Promise<string> {
  const asCancellable = (channel: 'referral/open' | 'referral/reread') => async (input: unknown) => {
    const real = (await desk.app.handle(channel, input, SENDER)) as Outcome<ReferralView>;
    if (!real.ok) return real;
    return ok({
      ...real.value,
      appointment: APPOINTMENT,
      state: { code: 'BOOKED', display: 'Booked', reason: null, comments: '' },
      canBook: 'already-booked',
      canCancelAppointment: null,
      canCancelReferral: null,
      ...changes,
    });
  };
  desk.scripted.script('referral/open', asCancellable('referral/open'));
  desk.scripted.script('referral/reread', asCancellable('referral/reread'));
  return openBookable(desk);
}

const reason = (code: string, display: string, commentIsMandatory = false) => ({
  ...{ code, display, commentIsMandatory },
});
/** As A004 publishes them for cancelling an appointment, and for cancelling a referral that has one. */
const REASONS = [
  reason('PATIENT_HOLIDAY', 'Patient on holiday'),
  reason('PATIENT_ILL', 'Patient is sick'),
  reason('PATIENT_OTHER_ENGAGEMENT', 'Patient - Other more pressing engagement', true),
];
const REFERRAL_REASONS = [
  reason('INTEND_PRIVATE', 'Patient will go to a private clinic'),
  reason('PATIENT_DIED', 'Patient died'),
  reason('TREATMENT_NO_LONGER_REQUIRED', 'Referral no longer needed'),
  reason('PATIENT_REQUEST_CANCELLATION_OTHER', 'Other', true),
  reason('RAISED_IN_ERROR', 'Referral created by mistake'),
  reason('REFERRER_CANCELLATION', 'Other - Referrer request cancellation'),
];
const reviewed = (ubrn: string) => ({
  ...{ reviewId: '00000000-0000-4000-8000-0000000000c1', ubrn, version: 5, serviceName: SERVICE },
  ...{ start: START, clinicianId: null, maxComment: 2000, attemptsLeft: 2 },
  identityQuestion: 'birth-ddmm' as const,
});

async function openAppointment(desk: ClerkDesk): Promise<string> {
  desk.scripted.script('cancellation/review-appointment', async (input) => {
    const { ubrn } = input as { ubrn: string };
    return ok<AppointmentCancelReview>({ ...reviewed(ubrn), appointmentVersion: 2, reasons: REASONS });
  });
  const ubrn = await openCancellable(desk);
  await desk.press('Shift+F11');
  await desk.shows(/Reason \(required\)/);
  return ubrn;
}

async function openReferralEnd(desk: ClerkDesk): Promise<string> {
  desk.scripted.script('cancellation/review-referral', async (input) => {
    const { ubrn } = input as { ubrn: string };
    const asked = { cancelsAppointment: true, needsSecondPerson: true };
    return ok<ReferralCancelReview>({ ...reviewed(ubrn), reasons: REFERRAL_REASONS, ...asked });
  });
  const ubrn = await openCancellable(desk);
  await desk.press('Shift+F12');
  await desk.shows(/END STATE/);
  return ubrn;
}

const MAY = { confirm: false, edit: false, withdraw: false, readBack: false, redo: false };

/** An item that a cancellation, or another write of the right pane, came to. */
export function makeItem(desk: ClerkDesk, ubrn: string, changes: Partial<OutboxItem>): OutboxItem {
  return {
    intentId: '00000000-0000-4000-8000-0000000000d1',
    action: 'cancel-later',
    ubrn,
    nhsNumber: desk.service.world.referral(ubrn).nhsNumber,
    state: 'sending',
    code: '',
    correlationId: CORRELATION,
    serviceName: SERVICE,
    start: START,
    comment: '',
    contactBy: null,
    isUrgent: false,
    attempt: 1,
    createdAt: '2026-11-23T10:40:00.000Z',
    updatedAt: '2026-11-23T10:40:01.000Z',
    sentAt: '2026-11-23T10:40:01.000Z',
    nextCheckAt: null,
    mayHappenUntil: null,
    behind: null,
    may: MAY,
    ...changes,
  };
}

/** Types the patient's digits and Ctrl+Enter; main answers with this state. */
async function commit(desk: ClerkDesk, ubrn: string, changes: Partial<OutboxItem>): Promise<void> {
  const answer = ok({ kind: 'started' as const, item: makeItem(desk, ubrn, changes) });
  for (const channel of ['later', 'appointment', 'referral'] as const) {
    desk.scripted.script(`cancellation/commit-${channel}`, answer);
  }
  await desk.page.locator('.review__digits input').focus();
  await desk.type(spokenDigits(desk.service, ubrn));
  await desk.press('Ctrl+Enter');
}

async function commitLater(desk: ClerkDesk, changes: Partial<OutboxItem>): Promise<void> {
  const ubrn = await openLater(desk);
  await desk.page.locator('.review textarea').focus();
  await desk.type('Rebook.');
  await commit(desk, ubrn, changes);
}

async function commitAppointment(desk: ClerkDesk, changes: Partial<OutboxItem>): Promise<void> {
  const ubrn = await openAppointment(desk);
  await desk.page.locator('.review [role="listbox"]').focus();
  await desk.press('ArrowDown');
  await commit(desk, ubrn, { action: 'cancel-appointment', ...changes });
}

const later: ScreenState[] = [
  {
    name: 'session--choose-clinician',
    shows: /For which clinician do you act/,
    async reach(desk) {
      await chooseAdmin(desk);
      await desk.page.reload();
      await desk.page.locator('.clinician-chooser [role="option"]').first().waitFor();
    },
  },
  { name: 'cancel-later--review', shows: /You, for /, reach: async (desk) => void (await openLater(desk)) },
  {
    name: 'cancel-later--not-in-pas',
    shows: /indirectly booked appointments to cancel in PAS/,
    async reach(desk) {
      await openLater(desk, 'review-indirectly');
      await desk.press('Alt+N', 'Alt+1');
    },
  },
  {
    name: 'cancel-later--files',
    shows: /was not taken/,
    async reach(desk) {
      await openLater(desk);
      const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
      const files = [file('clinic letter.txt', 'An invented letter.'), file('tool.exe', 'MZ')];
      await desk.page.locator('input[type="file"]').setInputFiles(files);
      await desk.page.locator('.cancel__files').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'cancel-later--done',
    shows: /Rebook in the e-RS web application/,
    reach: (desk) => commitLater(desk, { state: 'done' }),
  },
  {
    name: 'cancel-later--technical-error',
    shows: /the appointment stays booked/,
    reach: (desk) => commitLater(desk, { state: 'refused', code: 'TECHNICAL_ERROR' }),
  },
];

const appointment: ScreenState[] = [
  {
    name: 'cancel-appointment--review',
    shows: /needs a comment/,
    async reach(desk) {
      await openAppointment(desk);
      await desk.page.locator('.review [role="listbox"]').focus();
      await desk.press('End');
    },
  },
  {
    name: 'cancel-appointment--unknown',
    shows: /still booked as far as we know/,
    reach: (desk) => commitAppointment(desk, { state: 'unknown', nextCheckAt: '2026-11-23T10:40:31.000Z' }),
  },
  {
    name: 'cancel-appointment--move',
    shows: /goes before the new one is certain/,
    async reach(desk) {
      await openCancellable(desk);
      await desk.press('Ctrl+F11');
      await desk.page.locator('[id^="slot-"]').first().waitFor();
    },
  },
];

const end: ScreenState[] = [
  {
    name: 'cancel-referral--review',
    shows: /END STATE/,
    async reach(desk) {
      await openReferralEnd(desk);
      await desk.page.locator('.review [role="listbox"]').focus();
      await desk.press('ArrowDown');
    },
  },
  {
    name: 'cancel-referral--offline',
    shows: /never queued/,
    async reach(desk) {
      await openCancellable(desk);
      desk.scripted.script('cancellation/review-referral', fail('offline', 'ring-back-instead'));
      await desk.press('Shift+F12');
    },
  },
];

const shortlist: ScreenState[] = [
  {
    name: 'shortlist--order',
    shows: /NOT CHANGED yet/,
    async reach(desk) {
      await openCancellable(desk, { canChangeShortlist: null });
      await desk.press('Ctrl+F7');
    },
  },
  {
    name: 'shortlist--requirements',
    shows: /STOP: e-RS may drop/,
    async reach(desk) {
      const named = (serviceId: string, name: string) => ({ serviceId, name, bookable: 'directly' as const });
      const [one, two] = [named('11000', SERVICE), named('11001', 'Heart Failure Clinic')];
      desk.scripted.script('shortlist/read-services', ok({ services: [] }));
      desk.scripted.script('shortlist/review-change', async (input) => {
        const { ubrn } = input as { ubrn: string };
        const { reviewId, version, identityQuestion, attemptsLeft } = reviewed(ubrn);
        return ok<ShortlistChangeReview>({
          ...{ reviewId, ubrn, version, identityQuestion, attemptsLeft, before: [one], after: [two, one] },
          requirements: [
            { code: 'INTERPRETER', display: 'Interpreter' },
            { code: 'TRANSPORT', display: 'Transport' },
          ],
        });
      });
      await openCancellable(desk, { canChangeShortlist: null, shortlist: [one, two] });
      await desk.press('Ctrl+F7', 'Alt+ArrowDown', 'Enter');
    },
  },
];

export const CANCELLATION_SCREENS: readonly ScreenState[] = [...later, ...appointment, ...end, ...shortlist];
