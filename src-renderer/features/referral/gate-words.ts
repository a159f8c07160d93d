/** Words for the reasons for which main refuses an action on the open referral (`canBook`, `canReadLetter`). */
const GATES: Readonly<Record<string, string>> = {
  'actions-unknown': 'e-RS could not be asked which actions are allowed: press F5',
  'action-not-listed': 'e-RS does not list booking among the actions for this referral now',
  'already-booked': 'the referral is booked already',
  'booking-open': 'a booking of this referral is not settled yet',
  deceased: 'PDS says that the patient has died',
  'different-number': 'PDS and e-RS have different NHS numbers for this patient',
  locked: 'someone else is working on this referral in e-RS',
  'needs-clerk': 'an earlier booking of this referral needs a person first: see the outbox (F12)',
  'no-bookable-service': 'no directly bookable service is on the shortlist',
  'no-commissioning-org':
    'the referral names no commissioning organisation, so its slots could not be booked',
  'not-active': 'the referral is cancelled or completed',
  'not-in-dialect': 'this connection to e-RS does not offer it',
  'not-signed-in': 'no one is signed in',
  offline: 'e-RS cannot be reached',
  restricted: 'the patient record is restricted (S flag)',
  role: 'it needs the role Referring Clinician or Referring Clinician Admin: press Alt+R',
  sensitive: 'the patient record is restricted (S flag)',
  state: 'the state of the referral does not allow it',
  'writes-off': 'saving actions is switched off on this desk',
};

/** Why an action is not possible, in words; an unknown reason is shown as it came. */
export function gateWords(reason: string): string {
  return GATES[reason] ?? reason;
}
