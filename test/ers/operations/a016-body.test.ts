import { describe, expect, test } from 'vitest';
import type { SlotId } from '../../../src-main/contract/identifiers.ts';
import type { DialectName } from '../../../src-main/ers/operation.ts';
import {
  a016BookOrDeferAppointment,
  type A016Input,
} from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { BOOKING } from '../payloads.ts';

const { use: _book, slotId: _slot, start: _start, end: _end, ...target } = BOOKING;

const bodyOf = (input: A016Input, dialect: DialectName = 'api-platform') =>
  a016BookOrDeferAppointment.dialects[dialect]?.build(input).body as Record<string, unknown>;

const participant = (system: string, value: string) => ({
  actor: { identifier: { system: `http://fhir.nhs.net/Id/${system}`, value } },
  status: 'accepted',
});

describe('a booking', () => {
  test('of the platform has both profiles, an id, and its clinician typed by a single object', () => {
    expect(bodyOf(BOOKING)).toEqual({
      resourceType: 'Appointment',
      id: 'appointment',
      meta: {
        profile: [
          'https://fhir.nhs.uk/STU3/StructureDefinition/eRS-Appointment-1',
          'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1',
        ],
      },
      language: 'en',
      description: 'e-Referral Appointment',
      status: 'booked',
      start: '2027-07-12T12:00:00.000Z',
      end: '2027-07-12T13:00:00.000Z',
      slot: [{ reference: 'Slot/11000021' }],
      incomingReferral: [{ reference: 'ReferralRequest/000000123456/_history/6' }],
      participant: [
        participant('ers-service', '11000'),
        participant('nhs-number', '9912003888'),
        {
          ...participant('sds-user-id', '021600556514'),
          type: {
            coding: [{ system: 'http://hl7.org/fhir/ValueSet/encounter-participant-type', code: 'CON' }],
          },
        },
      ],
    });
  });

  test('of the spine dialect has neither id nor own profile nor type', () => {
    const body = bodyOf(BOOKING, 'spine-session');
    expect(body).not.toHaveProperty('id');
    expect(body['meta']).toEqual({
      profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1'],
    });
    expect(body['participant']).toContainEqual(participant('sds-user-id', '021600556514'));
  });

  test('without a clinician has two participants', () => {
    expect(bodyOf({ ...BOOKING, clinicianId: null })['participant']).toHaveLength(2);
  });
});

describe('a deferral', () => {
  const defer = (
    reason: 'NO_SLOTS_AT_SERVICE' | 'SLOT_NOT_AVAILABLE' | 'BOOKING_ATTEMPT_PROBLEM',
    comment = '',
  ) => bodyOf({ use: 'defer', ...target, reason, slotId: '11000021' as SlotId, comment });

  test('names its slot with SLOT_NOT_AVAILABLE only: else the service refuses it', () => {
    expect(defer('SLOT_NOT_AVAILABLE')).toMatchObject({
      status: 'proposed',
      slot: [{ reference: 'Slot/11000021' }],
    });
    expect(defer('NO_SLOTS_AT_SERVICE')).not.toHaveProperty('slot');
    expect(defer('BOOKING_ATTEMPT_PROBLEM')).not.toHaveProperty('slot');
  });

  test('has a reason, no times, and a comment when there is one', () => {
    const body = defer('NO_SLOTS_AT_SERVICE', 'none until May');
    const system = 'https://fhir.nhs.uk/STU3/CodeSystem/eRS-ReviewReason-1';
    expect(body).toMatchObject({
      reason: [{ coding: [{ system, code: 'NO_SLOTS_AT_SERVICE' }] }],
      comment: 'none until May',
    });
    expect(body).not.toHaveProperty('start');
    expect(defer('NO_SLOTS_AT_SERVICE')).not.toHaveProperty('comment');
  });
});

test('a sending for triage has the reason TRIAGE and no slot', () => {
  const body = bodyOf({ use: 'triage', ...target, comment: '' });
  expect(body).toMatchObject({ status: 'proposed', reason: [{ coding: [{ code: 'TRIAGE' }] }] });
  expect(body).not.toHaveProperty('slot');
});
