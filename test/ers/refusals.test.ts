import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src-main/ers/catalogue.ts';
import { a005RetrieveReferral } from '../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a015RetrieveAppointmentSlots } from '../../src-main/ers/operations/a015-retrieve-appointment-slots.ts';
import { a016BookOrDeferAppointment } from '../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a022CancelAppointmentActionLater } from '../../src-main/ers/operations/a022-cancel-appointment-action-later.ts';
import { a034CancelAppointment } from '../../src-main/ers/operations/a034-cancel-appointment.ts';
import { actionForRefusal } from '../../src-main/ers/refusals.ts';

describe('a refusal of a booking', () => {
  test.each([
    ['SLOT_NOT_AVAILABLE', 422, 'may-defer'],
    ['PAS_RESPONDED_WITH_ERROR', 502, 'may-defer'],
    ['PAS_NOT_RESPONDING', 504, 'unknown-outcome'],
    ['UNABLE_TO_CONFIRM_APPOINTMENT', 422, 'unknown-outcome'],
    ['SLOTS_CURRENTLY_AVAILABLE', 422, 'new-search'],
    ['THIS_SLOT_IS_AVAILABLE', 422, 'new-search'],
    ['INAPPROPRIATE_SLOT', 422, 'new-search'],
    ['INVALID_REQUEST_STATE', 422, 'reread'],
    ['NO_RELATIONSHIP', 422, 'tell'],
    ['PATIENT_ERROR', 422, 'block-patient'],
    ['MISSING_VALUE', 422, 'fix'],
    ['', 409, 'reread'],
    ['', 423, 'wait'],
    ['', 500, 'unknown-outcome'],
    ['', 502, 'unknown-outcome'],
    ['', 504, 'unknown-outcome'],
    ['', 412, 'fix'],
  ])('%j with status %i means %s', (code, status, action) =>
    expect(actionForRefusal(a016BookOrDeferAppointment, code, status)).toBe(action),
  );
});

describe('a refusal of a cancellation', () => {
  test.each([
    ['UNABLE_TO_CANCEL_APPOINTMENT', 422, 'reread'],
    ['PAS_RESPONDED_WITH_ERROR', 502, 'unknown-outcome'],
    ['PAS_NOT_RESPONDING', 504, 'unknown-outcome'],
    ['INAPPROPRIATE_VALUE', 422, 'ask-again'],
    ['MISSING_VALUE', 422, 'ask-again'],
    ['INVALID_REQUEST_STATE', 422, 'reread'],
    ['PATIENT_ERROR', 422, 'block-patient'],
    ['', 409, 'reread'],
    ['', 412, 'fix'],
    ['', 423, 'wait'],
    ['', 500, 'unknown-outcome'],
  ])('%j with status %i means %s', (code, status, action) =>
    expect(actionForRefusal(a034CancelAppointment, code, status)).toBe(action),
  );

  test.each([
    ['MISSING_VALUE', 422, 'ask-again'],
    ['VALUE_IS_REQUIRED', 422, 'ask-again'],
    ['FIELD_NOT_PERMITTED', 422, 'ask-again'],
    ['INVALID_STATE', 422, 'reread'],
    ['DUPLICATE_FILENAME', 422, 'reread'],
    ['INAPPROPRIATE_VALUE', 422, 'reread'],
    ['TECHNICAL_ERROR', 422, 'reread'],
    ['PATIENT_SENSITIVE', 422, 'block-patient'],
    ['REFERRAL_LOCKED', 423, 'wait'],
    ['VERSION_CONFLICT', 409, 'reread'],
    ['', 404, 'tell'],
    ['', 504, 'unknown-outcome'],
  ])('for later, %j with status %i means %s', (code, status, action) =>
    expect(actionForRefusal(a022CancelAppointmentActionLater, code, status)).toBe(action),
  );
});

test('a code may mean something else in another operation', () => {
  expect(actionForRefusal(a015RetrieveAppointmentSlots, 'INVALID_VALUE', 400)).toBe('new-search');
  expect(actionForRefusal(a005RetrieveReferral, 'INVALID_VALUE', 400)).toBe('fix');
});

test.each(['BRAND_NEW_CODE', 'constructor', '__proto__', 'toString'])(
  'the unknown code %s falls back on the status',
  (code) => {
    expect(actionForRefusal(a016BookOrDeferAppointment, code, 423)).toBe('wait');
    expect(actionForRefusal(a005RetrieveReferral, code, 404)).toBe('tell');
  },
);

test('a server fault lets a read wait, and makes the outcome of a write unknown', () => {
  expect(actionForRefusal(a005RetrieveReferral, '', 500)).toBe('wait');
  expect(actionForRefusal(a016BookOrDeferAppointment, '', 500)).toBe('unknown-outcome');
});

test('every operation of the catalogue says in data what its refusals mean', () => {
  // A009, A017 and A018 are retired, A039 was never given.
  const ids = Array.from({ length: 44 }, (_, at) => `A${String(at + 1).padStart(3, '0')}`);
  const live = ids.filter((id) => !['A009', 'A017', 'A018', 'A039'].includes(id));
  expect([...catalogue.keys()]).toEqual([...live, 'PDS']);
  for (const operation of catalogue.values()) expect(operation.refusals, operation.id).toBeDefined();
});
