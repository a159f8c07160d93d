/** Words for a session that has ended (contract.md section 2.4; hazard 13). */
const ENDED: Readonly<Record<string, string>> = {
  'session-ended': 'Your e-RS session ended without notice.',
  'token-expired': 'Your sign-in has expired.',
  'signed-out': 'Your sign-in was ended elsewhere.',
  'card-removed': 'Your smartcard was removed: your session has ended.',
  'session-timeout': 'Your smartcard session has run out.',
  'inactivity-timeout': 'Your smartcard session was not used for too long and has ended.',
  'pin-attempts': 'The desk PIN was wrong five times: the session has ended.',
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
