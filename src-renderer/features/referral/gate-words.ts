/** Words for the reasons against an action on the open referral (`canBook`, … of main, and the desk's own). */
const GATES: Readonly<Record<string, string>> = {
  'action-not-offered': 'e-RS does not list it among the actions for this referral now',
  'action-not-settled': 'an action on this referral is not settled yet: F12 shows it',
  'already-booked': 'the referral is booked already',
  'booking-not-settled': 'a booking of this referral is not settled yet',
  'deferral-not-settled': 'a deferral of this referral is not settled yet',
  'letter-not-in-dialect': 'this connection to e-RS makes letters only while there is no appointment',
  'no-commissioning-organisation':
    'the referral names no commissioning organisation, so its slots could not be booked',
  'no-direct-service': 'no directly bookable service is on the shortlist',
  'no-shortlist': 'no service is on the shortlist',
  'patient-deceased': 'PDS says that the patient has died',
  'patient-differs': 'PDS and e-RS have different NHS numbers for this patient',
  'patient-sensitive': 'the patient record is restricted (S flag)',
  'referral-not-active': 'the referral is cancelled or completed',
  'role-cannot-book': 'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  'role-cannot-read-letters':
    'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  'role-cannot-read-services':
    'e-RS tells referrers only: it needs the role Referring Clinician or Referring Clinician Admin (Alt+R)',
  'role-cannot-maintain-letter':
    'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  'state-not-bookable': 'the state of the referral does not allow it',
  'actions-not-known': 'e-RS could not be asked whether it allows it now: press F5',
  'appointment-past': 'the appointment is in the past',
  'indirectly-bookable': 'the appointment is booked indirectly: only the provider can cancel it',
  'needs-connection': 'it needs e-RS, which cannot be reached: press F5 when the connection is back',
  'no-clinical-information': 'the clinical information has not been added yet',
  'no-triage-service': 'no triage service is on the shortlist',
  'not-booked': 'no appointment is booked',
  'not-in-dialect': 'this connection to e-RS does not offer it: use the e-RS web application',
  'not-on-review-list':
    'the referral is not in Referrals for Review as this desk read it last: open that list first',
  'ring-back-instead': 'e-RS cannot be reached, and it is never queued: Ctrl+B notes a ring-back',
  'role-cannot-cancel': 'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  'role-cannot-cancel-later':
    'it needs the role Service Provider Clinician or Service Provider Clinician Admin: press Alt+R',
  'role-cannot-cancel-referral': 'it needs a clinician’s role or that of their admin: press Alt+R',
  'role-cannot-change-shortlist':
    'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  'triage-item': 'the referral is with a triage service',
  'no-review-open': 'no review is open: it is neither in triage nor deferred, or was judged already',
  'role-cannot-review':
    'it needs the role Service Provider Clinician or Service Provider Clinician Admin: press Alt+R',
};

/** Why an action is not possible, in words; an unknown reason is shown as it came. */
export function gateWords(reason: string): string {
  return GATES[reason] ?? reason;
}
