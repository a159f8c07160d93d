import { describe, expect, test } from 'vitest';
import type { Ubrn } from '../../../src-main/contract/identifiers.ts';
import {
  a036CancelReferral as a036,
  type A036Input,
} from '../../../src-main/ers/operations/a036-cancel-referral.ts';
import { actionForRefusal } from '../../../src-main/ers/refusals.ts';
import { bookedAppointment, BOOKING, referralBody } from '../payloads.ts';
import { asRole, createTestClient, headerOf, refusal, replyWith } from '../support.ts';
import { readWith, UBRN, valueOf, WRONG } from './read-with.ts';

const REASON_SYSTEM = 'https://ers.test/STU3/CodeSystem/REFERRAL-CANCELLATION-REASON';
const INPUT: A036Input = {
  ubrn: UBRN as Ubrn,
  version: 4,
  reason: { system: REASON_SYSTEM, code: 'INTEND_PRIVATE' },
  comment: '',
};

const stateUrl = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-eRS-ReferralState-1';
const cancelled = (code = 'INTEND_PRIVATE') => ({
  ...referralBody(UBRN),
  status: 'cancelled',
  extension: [
    {
      url: stateUrl,
      extension: [
        { url: 'state', valueCoding: { code: 'CANCELLED_REFERRAL', display: 'Cancelled Referral' } },
        { url: 'reason', valueCoding: { system: REASON_SYSTEM, code } },
      ],
    },
  ],
});
const answer = (referral: unknown, appointment?: unknown) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'updatedReferralRequest', resource: referral },
    ...(appointment === undefined ? [] : [{ name: 'updatedAppointment', resource: appointment }]),
  ],
});

describe('A036', () => {
  test('is pinned to the referral’s version, with the reason as A004 gave it', () => {
    expect(a036.dialects['api-platform']?.build(INPUT)).toEqual({
      method: 'POST',
      path: `/STU3/ReferralRequest/${UBRN}/$ers.cancelReferral`,
      headers: { 'If-Match': 'W/"4"' },
      body: {
        resourceType: 'Parameters',
        meta: {
          profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/eRS-CancelReferral-Request-Parameters-1'],
        },
        parameter: [
          {
            name: 'cancellationReason',
            valueCoding: { system: REASON_SYSTEM, code: 'INTEND_PRIVATE' },
          },
        ],
      },
    });
    const { body } = a036.dialects['api-platform']?.build({ ...INPUT, comment: 'Moving away' }) ?? {};
    expect(body).toMatchObject({
      parameter: [{}, { name: 'cancellationComments', valueString: 'Moving away' }],
    });
  });

  test('reads the referral, and the appointment when the call cancelled one', () => {
    expect(valueOf(a036, answer(cancelled()))).toMatchObject({
      referral: { status: 'cancelled', state: { reason: { code: 'INTEND_PRIVATE' } } },
      appointment: null,
    });
    const ended = { ...bookedAppointment(BOOKING), status: 'cancelled' };
    expect(valueOf(a036, answer(cancelled(), ended)).appointment).toMatchObject({
      id: '70123',
      status: 'cancelled',
    });
  });

  test.each([
    ['no referral', { resourceType: 'Parameters', parameter: [] }],
    ['a referral that is none', answer({ resourceType: 'Basic' })],
    ['an appointment that is none', answer(cancelled(), { resourceType: 'Appointment' })],
    ['the bare referral', cancelled()],
  ])('is not readable with %s', (_what, json) => expect(readWith(a036, json)).toEqual(WRONG));

  test.each<[string, unknown, Partial<A036Input>, boolean]>([
    ['what was asked for', cancelled(), {}, true],
    ['another reason', cancelled('PATIENT_DIED'), {}, false],
    ['a referral that stands', referralBody(UBRN), {}, false],
    ['another referral', cancelled(), { ubrn: '000000999999' as Ubrn }, false],
    ['no newer version', cancelled(), { version: 5 }, false],
  ])('takes %s for an answer or not', (_what, referral, change, isEcho) =>
    expect(a036.echoes?.(valueOf(a036, answer(referral)), { ...INPUT, ...change })).toBe(isEcho),
  );

  test.each([
    ['PAS_NOT_RESPONDING', 504, 'unknown-outcome'],
    ['PAS_RESPONDED_WITH_ERROR', 502, 'unknown-outcome'],
    ['INAPPROPRIATE_VALUE', 422, 'ask-again'],
    ['MISSING_VALUE', 422, 'ask-again'],
    ['UNABLE_TO_CANCEL_APPOINTMENT', 422, 'reread'],
    ['INVALID_REQUEST_STATE', 422, 'reread'],
    ['PATIENT_ERROR', 422, 'block-patient'],
    ['', 409, 'reread'],
    ['', 423, 'wait'],
    ['', 500, 'unknown-outcome'],
  ])('asks after %s (%i) for: %s', (code, status, action) =>
    expect(actionForRefusal(a036, code, status)).toBe(action),
  );

  test('says for whom a clinician’s admin acts, and is not in the spine dialect', async () => {
    const identity = asRole('SERVICE_PROVIDER_CLINICIAN_ADMIN', '021600556514');
    const { client, sent } = createTestClient(replyWith(422, refusal('MISSING_VALUE')), { identity });
    expect(await client.call(a036, INPUT)).toMatchObject({ kind: 'refused', code: 'MISSING_VALUE' });
    expect(headerOf(sent[0], 'NHSD-eRS-On-Behalf-Of-User-ID')).toBe('021600556514');
    const spine = createTestClient(replyWith(200), { dialect: 'spine-session' });
    expect((await spine.client.call(a036, INPUT)).kind).toBe('not-in-dialect');
  });
});
