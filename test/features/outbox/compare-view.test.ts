/** The three columns of a conflict: seen, now, asked for (screens.md section 9). */
import { describe, expect, it } from 'vitest';
import type { ServiceId } from '../../../src-main/contract/identifiers.ts';
import { compareLines, seenOf } from '../../../src-main/features/outbox/compare-view.ts';
import type { Referral } from '../../../src-main/ers/model.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import { intentTarget } from '../../../src-main/features/outbox/intent-target.ts';
import { letterIntentOf } from '../../../src-main/features/outbox/letter-intent.ts';
import type { OpenReferral } from '../../../src-main/features/referral/referral.ts';
import { makeAppointment, makeReferral } from '../../support/ers-records.ts';
import {
  makeBook,
  makeCancelAppointment,
  makeCancelLater,
  makeCancelReferral,
  makeChangeShortlist,
  makeDefer,
  makeLetter,
  makeSendForTriage,
  makeUpload,
  makeSlot,
} from '../../support/intents.ts';

const linesOf = (intent: Intent, now: Referral | null) =>
  Object.fromEntries(
    compareLines(intent, now === null ? null : { seen: seenOf(now, ''), version: now.version }).map(
      ({ what, ...line }) => [what, line],
    ),
  );

describe('the lines of a conflict', () => {
  it('mark what differs between then and now, and nothing else', () => {
    const now = makeReferral({ version: 9, appointment: makeAppointment() });
    const lines = linesOf(makeBook(), now);
    expect(lines['version']).toEqual({ saw: '5', now: '9', asked: '', isDifferent: true });
    expect(lines['appointment']).toMatchObject({
      saw: '',
      now: 'booked, Mon 07-Dec-2026 09:00, General Cardiology Clinic',
      isDifferent: true,
    });
    expect(lines['priority']).toMatchObject({ saw: 'Routine', now: 'Routine', isDifferent: false });
    expect(lines['state']).toMatchObject({ saw: 'Not booked', now: 'Not booked', isDifferent: false });
    expect(lines['shortlist']?.isDifferent).toBe(false);
  });

  it('say nothing of now where e-RS could not be read', () => {
    const lines = linesOf(makeBook(), null);
    expect(lines['version']).toEqual({ saw: '5', now: '', asked: '', isDifferent: false });
  });

  it('show what a booking asks for: every slot that the patient named, and the clinician of the first', () => {
    const clinicianId = '021600556514';
    const slots = [makeSlot(0, { clinicianId }), makeSlot(1)];
    const lines = linesOf(makeBook({ slots }), makeReferral());
    expect(lines['time']?.asked).toBe('Mon 07-Dec-2026 09:00, then Mon 07-Dec-2026 09:30');
    expect(lines['clinician']?.asked).toBe(clinicianId);
    expect(lines['service']?.asked).toBe('General Cardiology Clinic');
    expect(linesOf(makeBook(), null)['clinician']?.asked).toBe('');
  });

  it.each([
    [
      'a deferral',
      makeDefer(),
      { service: 'General Cardiology Clinic', reason: 'NO_SLOTS_AT_SERVICE', comment: 'No slots on offer' },
    ],
    [
      'a cancellation for later',
      makeCancelLater(),
      { comment: 'Please rebook with the nurse-led clinic', priority: '' },
    ],
    [
      'a cancellation for later with a priority',
      makeCancelLater({ priority: 'URGENT' }),
      { priority: 'URGENT' },
    ],
    [
      'a cancellation',
      makeCancelAppointment({ comment: 'On holiday' }),
      { reason: 'Patient on holiday', comment: 'On holiday' },
    ],
    [
      'a cancellation of the referral',
      makeCancelReferral(),
      { reason: 'No longer required', comment: 'The patient rang' },
    ],
    ['another shortlist', makeChangeShortlist(), { shortlist: 'Heart Failure Clinic, 11000' }],
    [
      'sending for triage',
      makeSendForTriage(),
      { service: 'General Cardiology Clinic', comment: 'Please see the letter' },
    ],
    ['a file', makeUpload(), { comment: 'clinic-letter.txt' }],
    ['a letter', makeLetter(), { service: 'General Cardiology Clinic' }],
  ])('show what %s asks for', (_what, intent, asked) => {
    const lines = linesOf(intent, makeReferral());
    for (const [what, text] of Object.entries(asked)) expect(lines[what]?.asked).toBe(text);
  });

  it('name a reason by its code where it has no words', () => {
    const reason = { system: 's', code: 'PATIENT_HOLIDAY', display: '' };
    for (const intent of [makeCancelAppointment({ reason }), makeCancelReferral({ reason })])
      expect(linesOf(intent, null)['reason']?.asked).toBe('PATIENT_HOLIDAY');
  });
});

describe('what the clerk saw', () => {
  it('is kept in the words that e-RS gave, or its codes', () => {
    const plain = makeReferral({
      state: { code: 'NOT_BOOKED', display: '', reason: null, comments: '' },
      priority: { code: 'ROUTINE', display: '' },
      shortlist: [{ serviceId: '11000' as ServiceId, name: '' }],
    });
    expect(seenOf(plain, 'now')).toMatchObject({
      state: 'NOT_BOOKED',
      priority: 'ROUTINE',
      shortlist: '11000',
    });
    expect(seenOf(makeReferral({ state: null }), 'now').state).toBe('active');
  });
});

const openOf = (referral = makeReferral()): OpenReferral => ({
  referral,
  patient: null,
  services: [],
  view: { readAt: '2026-11-18T08:26:40.000Z' } as OpenReferral['view'],
  isRemembered: false,
});

describe('what every intent for an open referral has', () => {
  it('is the version that the clerk saw, and how it looked then', () => {
    expect(intentTarget(openOf(), '11000')).toMatchObject({
      pinnedVersion: 5,
      serviceName: 'General Cardiology Clinic',
      isUrgent: false,
      saw: { readAt: '2026-11-18T08:26:40.000Z' },
    });
  });

  it.each(['URGENT', 'TWO_WEEK_WAIT'])('is urgency where the priority is %s', (code) => {
    expect(intentTarget(openOf(makeReferral({ priority: { code, display: '' } })), '11000').isUrgent).toBe(
      true,
    );
  });

  it('is the name of the service from the shortlist, else from the directory, else none', () => {
    const bare = makeReferral({ shortlist: [{ serviceId: '11000' as ServiceId, name: '' }] });
    const services = [{ id: '11000', name: 'From the directory' }] as unknown as OpenReferral['services'];
    expect(intentTarget({ ...openOf(bare), services }, '11000').serviceName).toBe('From the directory');
    expect(intentTarget(openOf(bare), '11000').serviceName).toBe('');
  });

  it("of a letter is the appointment's service, else the first of the shortlist, else none", () => {
    const elsewhere = makeAppointment({ serviceId: '11001' as ServiceId });
    const services = [
      makeReferral({ appointment: elsewhere }),
      makeReferral(),
      makeReferral({ shortlist: [] }),
    ].map((referral) => letterIntentOf(openOf(referral)).serviceId);
    expect(services).toEqual(['11001', '11000', '0']);
  });
});
