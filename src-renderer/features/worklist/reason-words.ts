/** Why a referral is on a list of the desk's own; a reason that the desk does not know is spelled out. */
const KNOWN: Readonly<Record<string, string>> = {
  'ask-requirement-again': 'Ask for the requirement again',
  booked: 'Booked',
  'contact-by': 'Contact the patient',
  deferred: 'Deferred to provider',
  'find-sheets': 'Find the sheets',
  'letter-due': 'Letter due',
  'letter-asked': 'Letter asked for',
  'no-appointment': 'No appointment',
  opened: 'Opened',
  'recall-letter': 'Call the letter back',
  'ring-back': 'Ring back',
  'ring-provider-today': 'Ring the provider today',
  'ring-provider-unknown': 'Ring the provider: is it booked?',
  'sent-for-triage': 'Sent for triage',
  watched: 'Put on Watch',
};

export function reasonWords(reason: string): string {
  const known = KNOWN[reason];
  if (known !== undefined) return known;
  const spelled = reason.replaceAll('-', ' ');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
