/** Phrases for the admin team's comment, chosen by Alt and their number (screens.md section 7). */
export const LATER_PHRASES: readonly string[] = [
  'Please rebook at the next available appointment.',
  'Please rebook with the same clinician.',
  'Please ring the patient before rebooking.',
  'The clinic was cancelled.',
  'Please arrange interpreter and transport again.',
];

/** Phrases for the reason of a cancelled appointment or referral. */
export const CANCEL_PHRASES: readonly string[] = [
  'The patient rang.',
  'A relative rang for the patient.',
  'The patient cannot attend on that day.',
];
