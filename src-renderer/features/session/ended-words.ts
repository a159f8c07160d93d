/** Words for a session that a call found dead (contract.md section 2.4; hazard 13). */
const ENDED: Readonly<Record<string, string>> = {
  'session-ended': 'Your e-RS session ended without notice.',
  'token-expired': 'Your sign-in has expired.',
  'signed-out': 'You have signed out.',
  'card-removed': 'Your smartcard was removed.',
  idle: 'The desk was not used for a while.',
};

/** Why the session ended, and what that means for the work at hand; an unknown reason is shown with its code. */
export function endedWords(reason: string): { readonly title: string; readonly meaning: string } {
  const title = ENDED[reason] ?? `Your e-RS session ended without notice (code ${reason}).`;
  return {
    title,
    meaning:
      'Nothing more was sent after that. Actions that were not finished are kept in the outbox: sign in again to see where they stand.',
  };
}
