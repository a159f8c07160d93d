/** Proof of effect: each thing that differs makes it none (safety.md, "Proof and pin of every write"). */
import { describe, expect, it } from 'vitest';
import type {
  NhsNumber,
  SdsUserId,
  ServiceId,
  SlotId,
  Ubrn,
} from '../../../../src-main/contract/identifiers.ts';
import type { AppointmentRecord, Referral } from '../../../../src-main/ers/model.ts';
import {
  compareAppointment,
  compareReferral,
  isBookingEcho,
  isProof,
  isProofInReferral,
} from '../../../../src-main/features/outbox/actions/proofs.ts';
import { makeAppointment, makeReferral } from '../../../support/ers-records.ts';
import {
  makeBook,
  makeCancelAppointment,
  makeCancelLater,
  makeCancelReferral,
  makeChangeShortlist,
  makeDefer,
  makeLetter,
  makeSendForTriage,
  makeSlot,
  makeUpload,
} from '../../../support/intents.ts';

type Changes = Partial<AppointmentRecord>;

const OTHER_NUMBER = { nhsNumber: '9990000026' as NhsNumber };
const OTHER_UBRN = { referral: { ubrn: '000070000099' as Ubrn, version: 7 } };
const reasonOf = (code: string) => ({ system: 'http://x/eRS-ReviewReason-1', code, display: '' });

describe('a booking', () => {
  const intent = makeBook();

  it.each<[string, Changes]>([
    ['as A038 gives it', {}],
    ['without a patient', { nhsNumber: null }],
    ['without its referral', { referral: null }],
    ['with the same instants in other words', { start: '2026-12-07T09:00:00Z' }],
  ])('is proven by the appointment %s', (_how, changes) => {
    expect(isProof(makeAppointment(changes), intent, 0, true)).toBe(true);
  });

  it.each<[string, Changes]>([
    ['status', { status: 'proposed' }],
    ['slot', { slotId: '1100099' as SlotId }],
    ['service', { serviceId: '11001' as ServiceId }],
    ['absence of a service', { serviceId: null }],
    ['patient', OTHER_NUMBER],
    ['referral', OTHER_UBRN],
    ['start', { start: '2026-12-07T09:00:01.000Z' }],
    ['end', { end: '2026-12-07T09:40:00.000Z' }],
    ['absence of a start', { start: null }],
    ['absence of an end', { end: null }],
    ['clinician', { clinicianId: '021600556514' as SdsUserId }],
  ])('is not proven by another %s', (_what, changes) => {
    expect(isProof(makeAppointment(changes), intent, 0, true)).toBe(false);
    expect(isBookingEcho(makeAppointment(changes), intent, 0)).toBe(false);
  });

  it('with a named clinician is proven by that one, or where none is told', () => {
    const named = makeBook({ slots: [makeSlot(0, { clinicianId: '021600556514' })] });
    expect(isProof(makeAppointment({ clinicianId: '021600556514' as SdsUserId }), named, 0, true)).toBe(true);
    expect(isProof(makeAppointment(), named, 0, true)).toBe(true);
    expect(isProof(makeAppointment({ clinicianId: '921600556514' as SdsUserId }), named, 0, true)).toBe(
      false,
    );
  });

  it('may lack its slot inside a referral, and not in A038', () => {
    expect(isProof(makeAppointment({ slotId: null }), intent, 0, false)).toBe(true);
    expect(isProof(makeAppointment({ slotId: null }), intent, 0, true)).toBe(false);
    expect(isProof(makeAppointment({ slotId: '1100099' as SlotId }), intent, 0, false)).toBe(false);
  });

  it('of ranked slots is proven by any that was tried, and by none that was not', () => {
    const ranked = makeBook({ slots: [makeSlot(0), makeSlot(1), makeSlot(2)] });
    const { slotId, start, end } = makeSlot(1);
    const second = makeAppointment({ slotId: slotId as SlotId, start, end });
    expect([0, 1, 2].map((choice) => isProof(second, ranked, choice, true))).toEqual([false, true, true]);
    expect([0, 1, 2].map((choice) => isBookingEcho(second, ranked, choice))).toEqual([false, true, false]);
    expect(isBookingEcho(second, ranked, 3)).toBe(false);
  });

  it('has the right echo also where the 201 leaves the referral out', () => {
    expect(isBookingEcho(makeAppointment({ referral: null }), intent, 0)).toBe(true);
    expect(isBookingEcho(makeAppointment(OTHER_UBRN), intent, 0)).toBe(false);
  });
});

describe('a deferral', () => {
  const deferred = (changes: Changes = {}) =>
    makeAppointment({
      status: 'proposed',
      reason: reasonOf('NO_SLOTS_AT_SERVICE'),
      slotId: null,
      ...changes,
    });
  const intent = makeDefer();

  it('is proven by a proposal with its reason at its service', () => {
    expect(isProof(deferred(), intent, 0, true)).toBe(true);
  });

  it.each<[string, Changes]>([
    ['status', { status: 'booked' }],
    ['reason', { reason: reasonOf('TRIAGE') }],
    ['absence of a reason', { reason: null }],
    ['service', { serviceId: '11001' as ServiceId }],
    ['patient', OTHER_NUMBER],
    ['referral', OTHER_UBRN],
  ])('is not proven by another %s', (_what, changes) => {
    expect(isProof(deferred(changes), intent, 0, true)).toBe(false);
  });
});

describe('a cancellation with an action for later', () => {
  const intent = makeCancelLater();
  const left = (changes: Changes = {}) =>
    makeAppointment({
      status: 'proposed',
      reason: reasonOf('CANCEL_APPOINTMENT_ACTION_LATER'),
      comment: intent.comment,
      ...changes,
    });

  it('is proven by a proposal with the reason and our comment', () => {
    expect(isProof(left(), intent, 0, true)).toBe(true);
  });

  it.each<[string, Changes]>([
    ['status', { status: 'booked' }],
    ['reason', { reason: reasonOf('ACCEPT_REFER_BOOK_LATER') }],
    ['absence of a reason', { reason: null }],
    ['comment', { comment: 'Somebody else was here' }],
    ['patient', OTHER_NUMBER],
    ['referral', OTHER_UBRN],
  ])('is not proven by another %s', (_what, changes) => {
    expect(isProof(left(changes), intent, 0, true)).toBe(false);
  });

  it('shows as a cancelled appointment inside a referral, and nowhere else', () => {
    const cancelled = left({ status: 'cancelled' });
    expect(isProof(cancelled, intent, 0, false)).toBe(true);
    expect(isProof(cancelled, intent, 0, true)).toBe(false);
    expect(isProof(left({ status: 'cancelled', reason: null, comment: '' }), intent, 0, false)).toBe(true);
  });

  it.each<[string, Changes]>([
    ['reason', { reason: reasonOf('PATIENT_HOLIDAY') }],
    ['comment', { comment: 'Somebody else was here' }],
  ])('is not proven there by another %s: others cancel appointments, too', (_what, changes) => {
    expect(isProof(left({ status: 'cancelled', ...changes }), intent, 0, false)).toBe(false);
  });
});

describe('a cancelled appointment', () => {
  const intent = makeCancelAppointment();
  const cancelled = (changes: Changes = {}) =>
    makeAppointment({ version: 3, status: 'cancelled', reason: reasonOf('PATIENT_HOLIDAY'), ...changes });

  it('is ours past the pin with our reason', () => {
    expect(compareAppointment(cancelled(), intent)).toBe('ours');
    expect(isProof(cancelled(), intent, 0, true)).toBe(true);
  });

  it('is unchanged at the pin while it is booked', () => {
    expect(compareAppointment(makeAppointment({ version: 2 }), intent)).toBe('unchanged');
  });

  it.each([
    ['from before the pin', 1],
    ['without a version', null],
  ])('says nothing in a copy %s', (_what, version) => {
    expect(compareAppointment(makeAppointment({ version }), intent)).toBe('old-copy');
  });

  it.each<[string, Changes]>([
    ['status at the pin', { version: 2 }],
    ['status past the pin', { status: 'booked' }],
    ['reason', { reason: reasonOf('CLINIC_CANCELLED') }],
    ['absence of a reason', { reason: null }],
    ['patient', OTHER_NUMBER],
    ['referral', OTHER_UBRN],
  ])('is not ours with another %s', (_what, changes) => {
    expect(compareAppointment(cancelled(changes), intent)).toBe('other');
    expect(isProof(cancelled(changes), intent, 0, true)).toBe(false);
  });
});

describe('what no appointment proves', () => {
  it.each([makeLetter(), makeUpload(), makeCancelReferral(), makeChangeShortlist()])(
    'is $action',
    (intent) => {
      expect(isProof(makeAppointment(), intent, 0, true)).toBe(false);
    },
  );
});

describe('sending for triage', () => {
  const intent = makeSendForTriage();
  const sent = (changes: Changes = {}) =>
    makeAppointment({ status: 'proposed', reason: reasonOf('TRIAGE'), slotId: null, ...changes });

  it('is proven by the appointment that is proposed for it', () => {
    expect(isProof(sent(), intent, 0, true)).toBe(true);
  });

  it.each<[string, Changes]>([
    ['status', { status: 'cancelled' }],
    ['reason', { reason: reasonOf('NO_SLOTS_AT_SERVICE') }],
    ['absence of a reason', { reason: null }],
    ['service', { serviceId: '11001' as ServiceId }],
    ['patient', OTHER_NUMBER],
    ['referral', OTHER_UBRN],
  ])('is not proven by another %s', (_what, changes) => {
    expect(isProof(sent(changes), intent, 0, true)).toBe(false);
  });
});

describe('a cancelled referral', () => {
  const intent = makeCancelReferral();
  const reason = { code: intent.reason.code, display: '' };
  const state = { code: 'CANCELLED_REFERRAL', display: '', reason, comments: intent.comment };
  const cancelled = (changes: Partial<Referral> = {}) =>
    makeReferral({ version: 6, status: 'cancelled', state, ...changes });

  it('is ours past the pin with our reason and our comment', () => {
    expect(isProofInReferral(cancelled(), intent)).toBe(true);
  });

  it.each<[string, Partial<Referral>]>([
    ['version', { version: 5 }],
    ['patient', { nhsNumber: '9990000026' as NhsNumber }],
    ['status', { status: 'active' }],
    ['absence of a state', { state: null }],
    ['state', { state: { ...state, code: 'REJECTED' } }],
    ['reason', { state: { ...state, reason: { code: 'RAISED_IN_ERROR', display: '' } } }],
    ['absence of a reason', { state: { ...state, reason: null } }],
    ['comment', { state: { ...state, comments: 'Somebody else was here' } }],
  ])('is not ours with another %s', (_what, changes) => {
    expect(isProofInReferral(cancelled(changes), intent)).toBe(false);
  });
});

describe('another shortlist', () => {
  const intent = makeChangeShortlist();
  const listed = (...ids: string[]) =>
    makeReferral({
      version: 6,
      shortlist: ids.map((serviceId) => ({ serviceId: serviceId as ServiceId, name: '' })),
    });

  it('is ours with the same services in the same order', () => {
    expect(isProofInReferral(listed('11001', '11000'), intent)).toBe(true);
  });

  it.each([
    ['in another order', ['11000', '11001']],
    ['shorter', ['11001']],
    ['longer', ['11001', '11000', '11002']],
    ['of another service', ['11001', '11002']],
  ])('is not ours %s', (_how, ids) => {
    expect(isProofInReferral(listed(...ids), intent)).toBe(false);
  });
});

describe('a referral against the pin', () => {
  const intent = makeBook();

  it.each([
    ['at the pin is unchanged', {}, 'unchanged'],
    ['past the pin has moved', { version: 6 }, 'moved'],
    ['before the pin is an old copy', { version: 4 }, 'old-copy'],
    ["of another patient is another's", { nhsNumber: '9990000026' as NhsNumber }, 'other-patient'],
    ["under another UBRN is another's", { ubrn: '000070000099' as Ubrn }, 'other-patient'],
  ] as const)('%s', (_rule, changes, expected) => {
    expect(compareReferral(makeReferral(changes), intent)).toBe(expected);
  });
});
