/** Invented referrals for the tests of the clinical screens. */
import type { PatientDetails } from '../../../src-main/contract/channels/patient.ts';
import type { ReferralView, ShortlistedService } from '../../../src-main/contract/channels/referral.ts';
import { READ_AT } from '../../support/fake-data.ts';

export const UBRN = '000049000001';
export const NHS_NUMBER = '9990000018';

export function makePatient(changes: Partial<PatientDetails> = {}): PatientDetails {
  return {
    nhsNumber: NHS_NUMBER,
    name: { family: 'Smith', given: 'John', prefix: 'Mr' },
    birthDate: '1961-01-05',
    gender: 'male',
    deceased: null,
    isSensitive: false,
    address: ['1 Invented Road', 'Leeds', 'LS1 4AP'],
    phone: '01632 960001',
    gpPractice: 'R69',
    communicationNeeds: [],
    readAt: READ_AT,
    ...changes,
  };
}

export const DIRECT: ShortlistedService = {
  serviceId: '11000',
  name: 'Cardiology Clinic, Invented Hospital',
  bookable: 'directly',
};
export const INDIRECT: ShortlistedService = {
  serviceId: '12000',
  name: 'Knee Clinic, Other Hospital',
  bookable: 'indirectly',
};
export const TRIAGE: ShortlistedService = { serviceId: '13000', name: 'Eye Triage', bookable: 'triage' };

export function makeReferral(changes: Partial<ReferralView> = {}): ReferralView {
  return {
    ubrn: UBRN,
    version: 5,
    nhsNumber: NHS_NUMBER,
    state: { code: 'NOT_BOOKED', display: 'Not Booked', reason: null, comments: '' },
    status: 'active',
    priority: { code: 'ROUTINE', display: 'Routine' },
    specialty: { code: 'CARDIOLOGY', display: 'Cardiology' },
    shortlist: [DIRECT],
    commissioningOrg: 'R69',
    appointment: null,
    attachments: [],
    additionalRequirements: [],
    related: [],
    patient: makePatient(),
    patientProblem: null,
    actions: [{ code: 'CREATE_APPOINTMENT', display: 'Create appointment' }],
    canBook: null,
    canReadLetter: null,
    canCancelLater: 'role-cannot-cancel-later',
    canCancelAppointment: 'not-booked',
    canCancelReferral: null,
    canChangeShortlist: null,
    canSendForTriage: 'no-triage-service',
    canAccept: 'role-cannot-review',
    canReject: 'role-cannot-review',
    canRecordReview: 'role-cannot-review',
    canMaintainLetter: null,
    readAt: READ_AT,
    isRemembered: false,
    history: [],
    ...changes,
  };
}
