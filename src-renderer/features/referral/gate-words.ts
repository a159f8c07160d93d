/** Words for the reasons against an action on the open referral (`canBook`, `canReadLetter`, and the desk's own). */
const GATES: Readonly<Record<string, string>> = {
  'action-not-offered': 'e-RS does not list booking among the actions for this referral now',
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
  'state-not-bookable': 'the state of the referral does not allow it',
};

/** Why an action is not possible, in words; an unknown reason is shown as it came. */
export function gateWords(reason: string): string {
  return GATES[reason] ?? reason;
}
