import { describe, expect, it } from 'vitest';
import {
  agoWords,
  elapsedWords,
  inDaysWords,
  isOldReading,
} from '../../../src-renderer/features/referral/age-words.ts';
import {
  bornWords,
  deathWords,
  nameWords,
  nhsNumberWords,
} from '../../../src-renderer/features/referral/banner-facts.ts';
import { gateWords } from '../../../src-renderer/features/referral/gate-words.ts';
import { historyWords } from '../../../src-renderer/features/referral/history-words.ts';
import {
  bookGate,
  letterGate,
  onlyBookableService,
  serviceGate,
} from '../../../src-renderer/features/referral/referral-gates.ts';
import {
  actionWords,
  appointmentWords,
  availabilityWords,
  bookableBadge,
  bookableMeaning,
  patientProblemWords,
  requirementWords,
  stateReasonWords,
  stateWords,
} from '../../../src-renderer/features/referral/referral-words.ts';
import { parseInstant } from '../../../src-main/contract/london-time.ts';
import type { AppointmentView } from '../../../src-main/contract/channels/referral.ts';
import { makeBooking, makeDeferral } from '../booking/booking-fakes.ts';
import { DIRECT, INDIRECT, makePatient, makeReferral, TRIAGE } from './referral-fakes.ts';

const code = (text: string) => ({ code: text, display: '' });
const state = (text: string, reason: string | null = null) =>
  stateWords(
    makeReferral({
      state: { code: text, display: 'As sent', reason: reason === null ? null : code(reason), comments: '' },
    }),
  );

const stated = { display: 'As sent', reason: null, comments: '' };
const makeAppointment = ({
  status = 'booked',
  reason = null,
  start = null,
}: {
  status?: string;
  reason?: string | null;
  start?: string | null;
} = {}): AppointmentView => ({
  ...{ appointmentId: null, version: null, status, start, end: null },
  ...{ reason: reason === null ? null : code(reason) },
  ...{ serviceId: null, serviceName: '', clinicianId: null, slotId: null },
});

describe('codes of e-RS in words', () => {
  it('cover the twelve states, and show an unknown one as it was sent', () => {
    const states = [
      ...['NOT_BOOKED', 'BOOKED', 'DEFERRED_TO_PROVIDER', 'AWAITING_TRIAGE', 'TRIAGED_PROVIDER_TO_ACTION'],
      ...['TRIAGE_RESPONSE', 'REJECTED', 'APPT_CANCELLED_BY_PATIENT', 'APPT_CANCELLED_BY_PROVIDER'],
      ...['DID_NOT_ATTEND', 'ASSESSMENT_RESULT', 'CANCELLED_REFERRAL'],
    ];
    const words = states.map((text) => state(text));
    expect(new Set(words).size).toBe(12);
    expect(words).not.toContain('As sent');
    expect(state('BRAND_NEW')).toBe('As sent');
    expect(stateWords({ state: null, status: 'active' })).toContain('Active');
  });

  it('take a triaged referral that was returned with advice as a response (contract.md section 9)', () => {
    expect(state('TRIAGED_PROVIDER_TO_ACTION', 'RETURN_TO_REFERRER_WITH_ADVICE')).toBe(
      state('TRIAGE_RESPONSE'),
    );
  });

  it('say what proposed means by its reason', () => {
    const appointment = (
      status: string,
      reason: string | null,
      start: string | null = null,
    ): AppointmentView => ({
      ...{
        appointmentId: null,
        version: null,
        status,
        reason: reason === null ? null : code(reason),
        start,
        end: null,
      },
      ...{ serviceId: null, serviceName: '', clinicianId: null, slotId: null },
    });
    expect(appointmentWords(appointment('proposed', 'NO_SLOTS_AT_SERVICE'))).toBe(
      'No date yet: deferred to the provider: there were no free slots at the service',
    );
    expect(appointmentWords(appointment('proposed', 'TRIAGE'))).toContain('with the triage service');
    expect(appointmentWords(appointment('proposed', 'CANCEL_APPOINTMENT_ACTION_LATER'))).toContain(
      'the provider has decided',
    );
    expect(appointmentWords(appointment('proposed', null))).toBe('No date yet: with the provider');
    expect(appointmentWords(appointment('booked', null, '2027-01-05T14:30:00.000Z'))).toBe(
      'Booked Tue 05-Jan-2027 14:30',
    );
    expect(appointmentWords(appointment('cancelled', 'X_1', '2027-01-05T14:30:00.000Z'))).toMatch(
      /^Cancelled, was Tue.*: /,
    );
    expect(appointmentWords(appointment('arrived', null))).toBe('arrived');
  });

  it('badge services and attachments, and word actions and requirements', () => {
    expect([DIRECT, INDIRECT, TRIAGE].map((service) => bookableBadge(service).text)).toEqual([
      'Bookable',
      'Indirect',
      'Triage',
    ]);
    const unread = { ...DIRECT, bookable: 'unknown' } as const;
    expect([true, false].map((canRead) => bookableMeaning(unread, canRead))).toEqual([
      'Could not be read; slots can be tried',
      'e-RS tells only the referrer how it is booked',
    ]);
    expect(bookableMeaning(INDIRECT, false)).toBe(bookableBadge(INDIRECT).meaning);
    expect(
      ['AVAILABLE', 'PENDING', 'THREATS_FOUND', 'VALIDATION_FAILED', ''].map((text) =>
        availabilityWords(code(text)),
      ),
    ).toEqual([
      'Available',
      'Being checked for threats: read again in 5 minutes',
      'Blocked: a threat was found',
      'Blocked: the file failed its check',
      'Not stated',
    ]);
    expect([actionWords(code('CREATE_APPOINTMENT')), actionWords(code('RESEND_LETTER'))]).toEqual([
      'Book or defer',
      'Resend letter',
    ]);
    expect([requirementWords(code('INTERPRETER')), requirementWords(code('HEARING_LOOP'))]).toEqual([
      'Interpreter',
      'Hearing loop',
    ]);
    expect(patientProblemWords('restricted')).toContain('S flag');
  });

  it('tell what was done at this desk, by audit type and outcome', () => {
    const told = (what: string, code: string) => historyWords({ at: '', what, code });
    expect([
      told('API Generate Patient Letter', 'success'),
      told('API Book Appointment', 'success'),
      told('API Book Appointment', 'SLOT_NOT_AVAILABLE'),
      told('API Cancel Referral', 'lost'),
      told('API Retrieve Clinical Attachment', 'PENDING'),
      told('Local event', 'attachment-saved'),
      told('Local event', 'second-person-ab'),
      told('Local event', 'brand-new-event'),
      told('something', 'X'),
    ]).toEqual([
      'Letter read',
      'Booking or deferral: taken by e-RS',
      'Booking or deferral: refused (SLOT_NOT_AVAILABLE)',
      'Cancelling the referral: NO ANSWER',
      'Attachment: refused (PENDING)',
      'Attachment saved outside the desk',
      'Second person: AB',
      'Brand new event',
      'something (X)',
    ]);
  });

  it('say in both dialects how each of the twelve states stands', () => {
    const proposed = (reason: string | null) => makeAppointment({ status: 'proposed', reason });
    const start = '2027-01-05T14:30:00.000Z';
    const stands: readonly (readonly [string, AppointmentView | null, RegExp, RegExp])[] = [
      ['NOT_BOOKED', null, /^Not booked$/, /^Active \(/],
      ['BOOKED', makeAppointment({ start }), /^Booked$/, /^Active, booked \(/],
      ['DEFERRED_TO_PROVIDER', proposed('SLOT_NOT_AVAILABLE'), /^Deferred/, /deferred to the provider/],
      ['AWAITING_TRIAGE', proposed('TRIAGE'), /triage/, /with a triage service/],
      ['TRIAGED_PROVIDER_TO_ACTION', proposed('ACCEPT_REFER_BOOK_LATER'), /^Triaged/, /to be booked later/],
      ['TRIAGE_RESPONSE', proposed('RETURN_TO_REFERRER_WITH_ADVICE'), /^Returned/, /returned with advice/],
      ['REJECTED', makeAppointment({ status: 'cancelled' }), /^Rejected/, /appointment cancelled/],
      ['APPT_CANCELLED_BY_PATIENT', makeAppointment({ status: 'cancelled' }), /patient/, /cancelled/],
      ['APPT_CANCELLED_BY_PROVIDER', makeAppointment({ status: 'cancelled' }), /provider/, /cancelled/],
      ['DID_NOT_ATTEND', makeAppointment({ status: 'noshow' }), /did not attend/, /did not attend/],
      ['ASSESSMENT_RESULT', null, /Assessment/, /^Active \(/],
      ['CANCELLED_REFERRAL', null, /nothing more/, /^Cancelled \(/],
    ];
    for (const [text, appointment, platform, spine] of stands) {
      expect(stateWords(makeReferral({ state: { ...stated, code: text }, appointment }))).toMatch(platform);
      const status = text === 'CANCELLED_REFERRAL' ? 'cancelled' : 'active';
      expect(stateWords({ state: null, status, appointment })).toMatch(spine);
      if (appointment !== null) expect(appointmentWords(appointment)).toMatch(/^[A-Z]/);
    }
  });

  it('give the reason of a state, and what was said about it', () => {
    const given = (reason: string | null, comments: string) =>
      stateReasonWords({
        state: { ...stated, code: 'REJECTED', reason: reason === null ? null : code(reason), comments },
      });
    expect([
      given('ACCEPT_REFER_BOOK_LATER', ' Ring her. '),
      given(null, 'Ring her.'),
      given(null, ''),
    ]).toEqual(['Accepted, to be booked later: Ring her.', 'Ring her.', '']);
    expect(stateReasonWords({ state: null })).toBe('');
  });
});

describe('gates', () => {
  const settled = makeReferral();
  const IDLE = { booking: null, deferral: null };
  const booked = (changes: Parameters<typeof makeBooking>[0]) => ({ ...IDLE, booking: makeBooking(changes) });

  it('let a bookable referral through, and give main’s reason in words otherwise', () => {
    expect(bookGate(settled, IDLE)).toBe(true);
    expect(bookGate(makeReferral({ canBook: 'state-not-bookable' }), IDLE)).toBe(
      gateWords('state-not-bookable'),
    );
    expect(gateWords('brand-new-reason')).toBe('brand-new-reason');
    expect(bookGate(null, IDLE)).toContain('not been read');
  });

  it('stop the wrong, the restricted and the dead patient whatever main says (hazards 1 and 15)', () => {
    const stopped = [
      makeReferral({ patientProblem: 'different-number', patient: null }),
      makeReferral({ patient: makePatient({ nhsNumber: '9990000026' }) }),
      makeReferral({ patient: makePatient({ isSensitive: true }) }),
      makeReferral({ patientProblem: 'restricted', patient: null }),
      makeReferral({ patient: makePatient({ deceased: '2026-03-12' }) }),
    ];
    for (const view of stopped) {
      expect(bookGate(view, IDLE)).not.toBe(true);
      expect(letterGate(view, IDLE, false)).not.toBe(true);
    }
    expect(bookGate(makeReferral({ patient: null, patientProblem: 'unavailable' }), IDLE)).toBe(true);
  });

  it('freeze a referral whose booking is not settled: no second booking and no letter (I11)', () => {
    const unknown = { ...IDLE, booking: makeBooking({ state: 'unknown' }) };
    expect(bookGate(settled, unknown)).toContain('not settled');
    expect(letterGate(settled, unknown, false)).toContain('NOT CONFIRMED');
    expect(bookGate(settled, { ...IDLE, booking: makeBooking({ state: 'refused' }) })).toBe(true);
  });

  it('freeze a referral whose deferral is not settled, too', () => {
    const waiting = { ...IDLE, deferral: makeDeferral({ state: 'waiting' }) };
    expect(bookGate(settled, waiting)).toContain('deferral of this referral is not settled');
    expect(letterGate(settled, waiting, false)).toContain('deferral is NOT CONFIRMED');
    expect(bookGate(settled, { ...IDLE, deferral: makeDeferral({ state: 'needs-you' }) })).toBe(true);
  });

  it('let a letter be asked for behind an unsettled booking while the line is cut, the record permitting', () => {
    const waiting = booked({ state: 'waiting' });
    expect(letterGate(settled, waiting, true)).toBe(true);
    const restricted = makeReferral({ patientProblem: 'restricted', patient: null });
    expect(letterGate(restricted, waiting, true)).toContain('restricted');
  });

  it('open the letter after a booking that main’s older answer did not know', () => {
    const view = makeReferral({ canReadLetter: 'state-not-bookable' });
    expect(letterGate(view, IDLE, false)).toBe(gateWords('state-not-bookable'));
    expect(letterGate(view, booked({ state: 'booked', updatedAt: '2026-11-23T10:50:00.000Z' }), false)).toBe(
      true,
    );
    expect(
      letterGate(view, booked({ state: 'booked', updatedAt: '2026-11-20T10:50:00.000Z' }), false),
    ).not.toBe(true);
  });

  it('open one bookable service at once and ask otherwise', () => {
    expect(onlyBookableService([INDIRECT, DIRECT, TRIAGE])).toBe(DIRECT);
    expect(onlyBookableService([DIRECT, { ...DIRECT, serviceId: '2' }])).toBeNull();
    expect(onlyBookableService([INDIRECT])).toBeNull();
    const unknown = { ...DIRECT, bookable: 'unknown' } as const;
    expect(onlyBookableService([INDIRECT, unknown])).toBe(unknown);
    expect([DIRECT, INDIRECT, TRIAGE].map((service) => serviceGate(service) === true)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the banner’s facts', () => {
  it('are in the staff form, and hide the digits that are being asked for', () => {
    expect(nameWords(makePatient())).toBe('SMITH, John (Mr)');
    expect(nameWords(makePatient({ name: null }))).toContain('not held');
    expect(bornWords('1961-01-05', '2026-11-23', null)).toBe('05-Jan-1961 (65)');
    expect(bornWords('1961-01-05', '2026-11-23', 'birth-ddmm')).toBe('••-•••-1961 (65)');
    expect(bornWords(null, '2026-11-23', null)).toBe('Not known');
    expect(nhsNumberWords('9990000018', null)).toBe('999\u00a0000\u00a00018');
    expect(nhsNumberWords('9990000018', 'nhs-last-4')).toBe('999\u00a0000\u00a0••••');
    expect([deathWords('2026-03-12'), deathWords('unknown')]).toEqual([
      'Died 12-Mar-2026',
      'Died, date not given',
    ]);
  });
});

describe('ages', () => {
  const now = parseInstant('2026-11-23T10:42:10.000Z') ?? 0;

  it('are said as people say them', () => {
    const ago = (text: string) => agoWords(text, now);
    expect(ago('2026-11-23T10:42:00.000Z')).toBe('just now');
    expect(ago('2026-11-23T10:41:00.000Z')).toBe('1 minute ago');
    expect(ago('2026-11-23T10:00:10.000Z')).toBe('42 minutes ago');
    expect(ago('2026-11-23T08:40:10.000Z')).toBe('2 hours ago');
    expect([
      isOldReading('2026-11-23T10:37:11.000Z', now),
      isOldReading('2026-11-23T10:37:10.000Z', now),
    ]).toEqual([false, true]);
    expect([elapsedWords(now - 7_400, now), elapsedWords(now - 125_000, now)]).toEqual(['0:07', '2:05']);
  });

  it('count London days, also late in the evening', () => {
    expect(inDaysWords('2026-11-23T23:30:00.000Z', now)).toBe('today');
    expect(inDaysWords('2026-11-24T00:30:00.000Z', now)).toBe('tomorrow');
    expect(inDaysWords('2026-12-05T09:00:00.000Z', now)).toBe('in 12 days');
    expect(inDaysWords('2026-07-01T23:30:00.000Z', parseInstant('2026-07-01T12:00:00.000Z') ?? 0)).toBe(
      'tomorrow',
    );
    expect(inDaysWords('2026-11-20T09:00:00.000Z', now)).toBe('3 days ago');
  });
});
