import { describe, expect, it } from 'vitest';
import {
  appointmentReasons,
  objectionToReason,
  referralReasons,
  type ReferralCase,
} from '../../../src-main/features/cancellation/reasons.ts';
import type { ReferenceConcept, ReferenceSet } from '../../../src-main/ers/model.ts';

const NOW = Date.parse('2026-11-23T09:00:00.000Z');
const URL = 'https://x/STU3/CodeSystem/SET';

const setOf = (...concepts: readonly ReferenceConcept[]): ReferenceSet => ({ id: 'SET', url: URL, concepts });
const codes = (reasons: readonly { code: string }[]) => reasons.map(({ code }) => code);

function concept(
  code: string,
  properties: ReferenceConcept['properties'],
  dates: { from?: string | null; to?: string | null } = {},
): ReferenceConcept {
  const { from = '2004-06-01', to = null } = dates;
  return { code, display: code.toLowerCase(), effectiveFrom: from, effectiveTo: to, properties };
}

describe('the reasons of a cancelled appointment (A034)', () => {
  const usable = {
    usage: ['CANCEL'],
    businessFunction: ['REFERRING_CLINICIAN', 'REFERRING_CLINICIAN_ADMIN'],
  };
  const offered = (...concepts: readonly ReferenceConcept[]) =>
    codes(appointmentReasons(setOf(...concepts), { businessFunction: 'REFERRING_CLINICIAN', nowMs: NOW }));

  it('are those of usage CANCEL for this role', () => {
    const all = [
      concept('YES', usable),
      concept('REJECTS', { ...usable, usage: ['REJECT'] }),
      concept('NO_USAGE', { businessFunction: usable.businessFunction }),
      concept('OTHERS', { ...usable, businessFunction: ['SERVICE_PROVIDER_CLINICIAN'] }),
      concept('NOBODYS', { usage: ['CANCEL'] }),
    ];
    expect(offered(...all)).toEqual(['YES']);
  });

  it.each<[string, { from?: string | null; to?: string | null }, boolean]>([
    ['without dates', { from: null }, true],
    ['from this very moment', { from: '2026-11-23T09:00:00.000Z' }, true],
    ['from the next second', { from: '2026-11-23T09:00:01.000Z' }, false],
    ['from today', { from: '2026-11-23' }, true],
    ['from tomorrow', { from: '2026-11-24' }, false],
    ['until this very moment', { to: '2026-11-23T09:00:00.000Z' }, false],
    ['until the next second', { to: '2026-11-23T09:00:01.000Z' }, true],
    ['until today', { to: '2026-11-23' }, false],
    ['until tomorrow', { to: '2026-11-24' }, true],
  ])('effective %s: %s', (_name, dates, isOffered) => {
    expect(offered(concept('ONE', usable, dates))).toEqual(isOffered ? ['ONE'] : []);
  });

  it('are sent back under the address of their set, with what they ask for', () => {
    const [reason] = appointmentReasons(setOf(concept('ONE', { ...usable, commentIsMandatory: [true] })), {
      businessFunction: 'REFERRING_CLINICIAN',
      nowMs: NOW,
    });
    expect(reason).toEqual({ system: URL, code: 'ONE', display: 'one', commentIsMandatory: true });
  });
});

describe('the reasons of a cancelled referral (A036)', () => {
  const everyone = [
    'REFERRING_CLINICIAN_ADMIN',
    'SERVICE_PROVIDER_CLINICIAN',
    'SERVICE_PROVIDER_CLINICIAN_ADMIN',
  ];
  const of = (code: string, type: string, canCancel: boolean) =>
    concept(code, {
      referrerUsage: ['CANCEL_REFERRAL'],
      businessFunction: everyone,
      appointmentRequestCancellationReasonType: [type],
      canCancelAppointment: [canCancel],
    });
  const set = setOf(
    of('PATIENT', 'PATIENT', true),
    of('PATIENT_ONLY_UNBOOKED', 'PATIENT', false),
    of('PROVIDER', 'PROVIDER', true),
    of('TRIAGE', 'PROVIDER_TRIAGE', false),
    of('UNKNOWN', 'UNKNOWN', true),
    concept('NO_USAGE', { businessFunction: everyone, canCancelAppointment: [true] }),
  );
  const offered = (at: Omit<ReferralCase, 'nowMs'>) => codes(referralReasons(set, { ...at, nowMs: NOW }));

  // contract.md A036, the table of cases.
  it.each<[string, Omit<ReferralCase, 'nowMs'>, string[]]>([
    [
      'a referrer, with an appointment',
      { businessFunction: 'REFERRING_CLINICIAN_ADMIN', hasAppointment: true, isTriage: false },
      ['PATIENT', 'PROVIDER', 'UNKNOWN'],
    ],
    [
      'a referrer, without',
      { businessFunction: 'REFERRING_CLINICIAN_ADMIN', hasAppointment: false, isTriage: false },
      ['PATIENT', 'PATIENT_ONLY_UNBOOKED', 'PROVIDER', 'TRIAGE', 'UNKNOWN'],
    ],
    [
      'a provider, with an appointment',
      { businessFunction: 'SERVICE_PROVIDER_CLINICIAN', hasAppointment: true, isTriage: false },
      ['PATIENT', 'PROVIDER'],
    ],
    [
      'a provider, without',
      { businessFunction: 'SERVICE_PROVIDER_CLINICIAN_ADMIN', hasAppointment: false, isTriage: false },
      ['PATIENT', 'PATIENT_ONLY_UNBOOKED', 'PROVIDER'],
    ],
    [
      'a provider, of a triage referral',
      { businessFunction: 'SERVICE_PROVIDER_CLINICIAN', hasAppointment: false, isTriage: true },
      ['TRIAGE'],
    ],
    [
      'a role that cancels none',
      { businessFunction: 'REFERRING_ADMIN', hasAppointment: false, isTriage: false },
      [],
    ],
  ])('for %s', (_name, at, expected) => {
    expect(offered(at)).toEqual(expected);
  });
});

describe('a chosen reason', () => {
  const reasons = [
    { system: URL, code: 'PLAIN', display: '', commentIsMandatory: false },
    { system: URL, code: 'ASKS', display: '', commentIsMandatory: true },
  ];

  it.each([
    ['PLAIN', '', null],
    ['ASKS', 'Moved abroad', null],
    ['ASKS', '', 'comment-missing'],
    ['ASKS', ' \n ', 'comment-missing'],
    ['OTHER', 'Moved abroad', 'reason-not-offered'],
  ])('%s with the comment "%s": %s', (reasonCode, comment, objection) => {
    expect(objectionToReason(reasons, { reasonCode, comment })).toBe(objection);
  });
});
