/** The audit row of every step of an intent (contract.md section 12). */
import { describe, expect, it } from 'vitest';
import { intentEntry } from '../../../src-main/features/outbox/intent-entry.ts';
import { reasonOf } from '../../../src-main/features/outbox/reason-of.ts';
import { StorageFault } from '../../../src-main/app/ports.ts';
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
  OWNER,
  UBRN,
} from '../../support/intents.ts';

const [askedAt, sentAt] = ['2026-11-23T10:40:00.000Z', '2026-11-23T10:41:00.000Z'];
const step = { state: 'SENDING', code: '', correlationId: 'c-1', attempt: 1, askedAt, sentAt };

describe('the audit row of a step', () => {
  it('names the person, the referral, the call and what it came to', () => {
    const intent = makeBook();
    expect(intentEntry('ers.test', OWNER, intent, step)).toMatchObject({
      type: 'Outbox book SENDING',
      method: 'POST',
      ubrn: UBRN,
      userId: OWNER.userId,
      organisation: 'R69',
      businessFunction: OWNER.businessFunction,
      onBehalfOf: '',
      correlationId: 'c-1',
      host: 'ers.test',
      outcome: '',
      facts: { intentId: intent.intentId, attempt: 1, pinnedVersion: 5, askedAt, sentAt },
    });
    expect(intentEntry('ers.test', OWNER, intent, { ...step, state: 'WAITING' }).method).toBe('LOCAL');
  });

  it.each([
    [
      'a booking',
      makeBook({ slots: [makeSlot(0), makeSlot(1)] }),
      'Appointment Request',
      { slotId: '11000001 11000002' },
    ],
    ['a deferral', makeDefer(), 'Appointment Request', { reason: 'NO_SLOTS_AT_SERVICE', slotId: '' }],
    ['a deferral for a slot', makeDefer({ slotId: '1100001' }), 'Appointment Request', { slotId: '1100001' }],
    ['a cancellation for later', makeCancelLater(), 'Referral Request', { pinnedVersion: 5 }],
    [
      'a cancellation',
      makeCancelAppointment(),
      'Appointment Request',
      { appointmentVersion: 2, reason: 'PATIENT_HOLIDAY' },
    ],
    [
      'a cancellation of the referral',
      makeCancelReferral(),
      'Referral Request',
      { pinnedVersion: 5, reason: 'TREATMENT_NO_LONGER_REQUIRED' },
    ],
    [
      'another shortlist',
      makeChangeShortlist(),
      'Referral Request',
      { pinnedVersion: 5, services: '11001 11000' },
    ],
    ['sending for triage', makeSendForTriage(), 'Appointment Request', { pinnedVersion: 5 }],
    [
      'a file',
      makeUpload(),
      'Clinical Attachment',
      { attachmentType: 'text/plain', fileName: makeUpload().name },
    ],
    ['a letter', makeLetter(), 'Patient Letter', { pinnedVersion: 5 }],
  ] as const)('says what %s asks for', (_what, intent, resource, facts) => {
    const entry = intentEntry('ers.test', OWNER, intent, step);
    expect(entry.resource).toBe(resource);
    expect(entry.facts).toMatchObject(facts);
  });

  it('holds no comment and no content of a file', () => {
    const upload = JSON.stringify(intentEntry('ers.test', OWNER, makeUpload(), step));
    expect(upload).not.toContain(makeUpload().content);
    const asked = [makeDefer(), makeCancelLater(), makeCancelReferral(), makeSendForTriage()];
    for (const intent of [...asked, makeCancelAppointment({ comment: 'Mrs Example' })])
      expect(JSON.stringify(intentEntry('ers.test', OWNER, intent, step))).not.toContain(intent.comment);
  });
});

describe('the name of a fault', () => {
  it('is its code or its kind, never its text', () => {
    expect(reasonOf(new StorageFault('disk-full', null))).toBe('disk-full');
    expect(reasonOf(new TypeError('names a patient'))).toBe('TypeError');
    expect(reasonOf({ code: 7 })).toBe('unknown');
    expect(reasonOf('text')).toBe('unknown');
    expect(reasonOf(null)).toBe('unknown');
  });
});
