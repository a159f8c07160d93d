import { describe, expect, it } from 'vitest';
import type { AppointmentId, ServiceId } from '../../../src-main/contract/identifiers.ts';
import {
  judge,
  reviewItemOf,
  type GateParts,
  type Gates,
} from '../../../src-main/features/referral/gates.ts';
import { abilitiesOf } from '../../../src-main/features/session/abilities.ts';
import type { AppointmentRecord } from '../../../src-main/ers/model.ts';
import { makeAppointment, makeReferral } from '../../support/ers-records.ts';

const REFERRER = 'REFERRING_CLINICIAN_ADMIN';
const PROVIDER = 'SERVICE_PROVIDER_CLINICIAN';
const NOW = '2026-11-23T09:00:00.000Z';
const ALL = [
  'CREATE_APPOINTMENT',
  'CHANGE_SHORTLIST',
  'CANCEL_DIRECTLY_BOOKED_APPOINTMENT',
  'CANCEL_REFERRAL',
];
const offered = (codes: readonly string[]) => codes.map((code) => ({ code, display: code }));

interface Case extends Partial<Omit<GateParts, 'can'>> {
  readonly role?: string;
}

const CLINIC = { serviceId: '11000', name: 'General Cardiology Clinic', bookable: 'directly' } as const;

function gatesOf({ role = REFERRER, ...parts }: Case = {}): Gates {
  return judge({
    referral: makeReferral(),
    services: [],
    actions: offered(ALL),
    can: abilitiesOf(role),
    dialect: 'api-platform',
    reviewItem: null,
    nowMs: Date.parse(NOW),
    isRemembered: false,
    patient: null,
    patientProblem: null,
    shortlist: [CLINIC],
    ...parts,
  });
}

/** Booked for tomorrow, as the review list would show it. */
const booked = (
  appointment: Partial<AppointmentRecord> = {},
  more: Parameters<typeof makeReferral>[0] = {},
) =>
  makeReferral({
    state: { code: 'BOOKED', display: 'Booked', reason: null, comments: '' },
    appointment: makeAppointment({
      start: '2026-11-24T09:00:00.000Z',
      end: '2026-11-24T09:30:00.000Z',
      ...appointment,
    }),
    appointmentId: '70001' as AppointmentId,
    clinicalInfoSince: '2026-11-01T09:00:00.000Z',
    ...more,
  });

const patient = (changes: object) => ({ isSensitive: false, deceased: null, ...changes }) as never;
const review = { role: PROVIDER, referral: booked(), reviewItem: 'APPOINTMENT' } as const;

describe('cancel, action later (A022)', () => {
  it('is for a booked referral of the review list, by the provider', () => {
    expect(gatesOf(review).canCancelLater).toBeNull();
    expect(gatesOf({ ...review, reviewItem: 'unknown' }).canCancelLater).toBeNull();
    expect(gatesOf({ ...review, dialect: 'spine-session' }).canCancelLater).toBeNull();
  });

  it('may wait for a connection: a remembered referral takes it', () => {
    expect(gatesOf({ ...review, isRemembered: true, actions: null }).canCancelLater).toBeNull();
  });

  it.each<[string, Case]>([
    ['role-cannot-cancel-later', { role: REFERRER }],
    ['patient-sensitive', { patient: patient({ isSensitive: true }) }],
    ['patient-sensitive', { patientProblem: 'restricted' }],
    ['patient-differs', { patientProblem: 'different-number' }],
    ['referral-not-active', { referral: booked({}, { status: 'cancelled' }) }],
    ['not-booked', { referral: booked({ status: 'proposed' }) }],
    ['not-booked', { referral: makeReferral() }],
    ['not-on-review-list', { reviewItem: null }],
    ['triage-item', { reviewItem: 'TRIAGE_DEFERRAL' }],
    ['appointment-past', { referral: booked({ start: '2026-11-22T23:59:00.000Z' }) }],
    ['no-clinical-information', { referral: booked({}, { clinicalInfoSince: null }) }],
  ])('is refused as %s', (code, parts) => {
    expect(gatesOf({ ...review, ...parts }).canCancelLater).toBe(code);
  });

  it('counts the day in London: this morning is today, and so is last night in summer after midnight', () => {
    const earlier = booked({ start: '2026-11-23T08:00:00.000Z' });
    expect(gatesOf({ ...review, referral: earlier }).canCancelLater).toBeNull();
    const summer = booked({ start: '2026-06-30T23:15:00.000Z' });
    const on = (nowMs: number) => gatesOf({ ...review, referral: summer, nowMs }).canCancelLater;
    // 00:15 on 1 July in London.
    expect(on(Date.parse('2026-07-01T15:00:00.000Z'))).toBeNull();
    expect(on(Date.parse('2026-07-02T00:00:00.000Z'))).toBe('appointment-past');
  });
});

describe('cancel appointment (A034)', () => {
  const base = { referral: booked() } as const;

  it('is for a referrer, at a directly bookable service', () => {
    expect(gatesOf(base).canCancelAppointment).toBeNull();
  });

  it.each<[string, Case]>([
    ['role-cannot-cancel', { role: PROVIDER }],
    ['patient-sensitive', { patient: patient({ isSensitive: true }) }],
    ['patient-differs', { patientProblem: 'different-number' }],
    ['not-in-dialect', { dialect: 'spine-session' }],
    ['not-booked', { referral: makeReferral() }],
    ['not-booked', { referral: booked({}, { appointmentId: null }) }],
    ['indirectly-bookable', { referral: booked({ slotId: null, end: '2026-11-24T09:00:00Z' }) }],
    ['ring-back-instead', { isRemembered: true, actions: null }],
    ['action-not-offered', { actions: offered(['CANCEL_REFERRAL']) }],
  ])('is refused as %s', (code, parts) => {
    expect(gatesOf({ ...base, ...parts }).canCancelAppointment).toBe(code);
  });

  it('believes the service before the shape of its appointment', () => {
    const service = (bookable: 'directly' | 'indirectly') =>
      [{ ...CLINIC, id: '11000' as ServiceId, bookable }] as never;
    expect(gatesOf({ ...base, services: service('indirectly') }).canCancelAppointment).toBe(
      'indirectly-bookable',
    );
    const bare = booked({ slotId: null, end: '2026-11-24T09:00:00.000Z' });
    expect(gatesOf({ referral: bare, services: service('directly') }).canCancelAppointment).toBeNull();
  });
});

describe('cancel referral (A036)', () => {
  it.each([REFERRER, PROVIDER])('is for %s, from any state but the end', (role) => {
    expect(gatesOf({ role }).canCancelReferral).toBeNull();
    expect(gatesOf({ role, referral: booked() }).canCancelReferral).toBeNull();
  });

  it.each<[string, Case]>([
    ['role-cannot-cancel-referral', { role: 'REFERRING_ADMIN' }],
    ['patient-sensitive', { patientProblem: 'restricted' }],
    ['not-in-dialect', { dialect: 'spine-session' }],
    ['referral-not-active', { referral: makeReferral({ status: 'cancelled' }) }],
    ['ring-back-instead', { isRemembered: true, actions: null }],
    ['action-not-offered', { actions: [] }],
  ])('is refused as %s', (code, parts) => {
    expect(gatesOf(parts).canCancelReferral).toBe(code);
  });
});

describe('a patient who has died', () => {
  const died = patient({ deceased: '2026-11-01' });

  it('gets nothing new', () => {
    const gates = gatesOf({ patient: died, shortlist: [{ ...CLINIC, bookable: 'triage' }] });
    expect(gates).toMatchObject({
      canBook: 'patient-deceased',
      canChangeShortlist: 'patient-deceased',
      canSendForTriage: 'patient-deceased',
    });
  });

  it('still has what is arranged cancelled', () => {
    expect(gatesOf({ patient: died, referral: booked() })).toMatchObject({
      canCancelAppointment: null,
      canCancelReferral: null,
    });
    expect(gatesOf({ ...review, patient: died }).canCancelLater).toBeNull();
  });
});

describe('another shortlist (A031) and triage (A016)', () => {
  const triage = { ...CLINIC, serviceId: '13000', bookable: 'triage' } as const;

  it('are for a referrer, as A029 says', () => {
    expect(gatesOf({ shortlist: [CLINIC, triage] })).toMatchObject({
      canChangeShortlist: null,
      canSendForTriage: null,
    });
  });

  it.each<[string, string, Case]>([
    ['role-cannot-change-shortlist', 'role-cannot-book', { role: PROVIDER }],
    ['not-in-dialect', 'not-in-dialect', { dialect: 'spine-session' }],
    ['referral-not-active', 'referral-not-active', { referral: makeReferral({ status: 'cancelled' }) }],
    ['already-booked', 'already-booked', { referral: booked() }],
    ['needs-connection', 'needs-connection', { isRemembered: true, actions: null }],
    ['action-not-offered', 'action-not-offered', { actions: [] }],
  ])('are refused as %s and %s', (ofChange, ofTriage, parts) => {
    expect(gatesOf({ shortlist: [triage], ...parts })).toMatchObject({
      canChangeShortlist: ofChange,
      canSendForTriage: ofTriage,
    });
  });

  it('need A029 where the state alone does not say that they may', () => {
    const state = { code: 'APPT_CANCELLED_BY_PATIENT', display: '', reason: null, comments: '' };
    const parts = { shortlist: [triage], actions: null };
    expect(gatesOf(parts)).toMatchObject({ canChangeShortlist: null, canSendForTriage: null });
    expect(gatesOf({ ...parts, referral: makeReferral({ state }) })).toMatchObject({
      canChangeShortlist: 'actions-not-known',
      canSendForTriage: 'actions-not-known',
    });
  });

  it('go for triage only to a triage service of the shortlist, with a commissioning organisation', () => {
    expect(gatesOf().canSendForTriage).toBe('no-triage-service');
    const referral = makeReferral({ commissioningOrg: null });
    expect(gatesOf({ referral, shortlist: [triage] }).canSendForTriage).toBe('no-commissioning-organisation');
  });
});

describe('the review list', () => {
  const lists = (isOn: boolean, code: string | null) => ({
    isOnReviewList: () => isOn,
    rowOf: () => ({ referralType: code === null ? null : { code, display: '' } }),
  });

  it.each([
    [false, 'APPOINTMENT', null],
    [true, 'APPOINTMENT', 'APPOINTMENT'],
    [true, 'TRIAGE_DEFERRAL', 'TRIAGE_DEFERRAL'],
    [true, null, 'unknown'],
    [true, 'SOMETHING_NEW', 'unknown'],
  ])('on it: %s, as %s: %s', (isOn, code, item) => {
    expect(reviewItemOf(lists(isOn, code), '000000070000')).toBe(item);
  });
});

describe('judging a referral', () => {
  const proposed = (code: string, more: Parameters<typeof makeReferral>[0] = {}) =>
    makeReferral({
      state: {
        code: code === 'TRIAGE' ? 'AWAITING_TRIAGE' : 'DEFERRED_TO_PROVIDER',
        display: '',
        reason: null,
        comments: '',
      },
      appointment: makeAppointment({
        status: 'proposed',
        start: null,
        end: null,
        slotId: null,
        reason: {
          system: 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewReason-1',
          code,
          display: '',
        },
      }),
      clinicalInfoSince: '2026-11-01T09:00:00.000Z',
      ...more,
    });
  const asked = { role: PROVIDER, actions: offered(['RECORD_REVIEW_OUTCOME', 'CANCEL_REFERRAL']) };
  const died = { patient: { deceased: '2026-11-01', isSensitive: false } as GateParts['patient'] };

  it('accepts and rejects what is booked and on the review list, by the provider', () => {
    const parts = { ...asked, referral: booked(), reviewItem: 'APPOINTMENT' as const };
    expect(gatesOf(parts)).toMatchObject({
      canAccept: null,
      canReject: null,
      canRecordReview: 'no-review-open',
    });
    expect(gatesOf({ ...parts, role: REFERRER })).toMatchObject({
      canAccept: 'role-cannot-review',
      canReject: 'role-cannot-review',
      canRecordReview: 'role-cannot-review',
    });
    expect(gatesOf({ ...parts, reviewItem: null }).canAccept).toBe('not-on-review-list');
    expect(gatesOf({ ...parts, isRemembered: true }).canAccept).toBeNull();
  });

  it('accepts no appointment of the dead; it can and must still be rejected', () => {
    const parts = { ...asked, ...died, referral: booked(), reviewItem: 'APPOINTMENT' as const };
    expect(gatesOf(parts)).toMatchObject({ canAccept: 'patient-deceased', canReject: null });
  });

  it.each(['TRIAGE', 'NO_SLOTS_AT_SERVICE'])('records an outcome of %s, as A029 says', (code) => {
    const parts = { ...asked, referral: proposed(code) };
    expect(gatesOf(parts).canRecordReview).toBeNull();
    expect(gatesOf({ ...parts, actions: offered([]) }).canRecordReview).toBe('action-not-offered');
    expect(gatesOf({ ...parts, isRemembered: true }).canRecordReview).toBe('needs-connection');
    expect(gatesOf({ ...parts, ...died }).canRecordReview).toBe('patient-deceased');
    expect(gatesOf(parts).canReject).not.toBeNull();
  });

  it('waits for the information of a deferred request, and not for that of a triage', () => {
    const without = { clinicalInfoSince: null };
    const deferred = { ...asked, referral: proposed('SLOT_NOT_AVAILABLE', without) };
    expect(gatesOf(deferred).canRecordReview).toBe('no-clinical-information');
    expect(gatesOf({ ...asked, referral: proposed('TRIAGE', without) }).canRecordReview).toBeNull();
  });

  it('takes an outcome in the same field for no open review', () => {
    const judged = proposed('ACCEPT_REFER_BOOK_LATER');
    const system = 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewOutcome-1';
    const appointment = judged.appointment && {
      ...judged.appointment,
      reason: { system, code: 'ACCEPT_REFER_BOOK_LATER', display: '' },
    };
    expect(gatesOf({ ...asked, referral: { ...judged, appointment } }).canRecordReview).toBe(
      'no-review-open',
    );
  });
});
