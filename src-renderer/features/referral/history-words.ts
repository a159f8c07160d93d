/** What was done with a referral at this desk, in words. */
import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';

const DEEDS: Readonly<Record<string, string>> = {
  opened: 'Opened',
  'book-started': 'Booking sent to the outbox',
  booked: 'Booked',
  refused: 'Booking refused: NOT BOOKED',
  'defer-started': 'Deferral sent to the outbox',
  deferred: 'Deferred to provider',
  'letter-requested': 'Letter asked for: to be fetched when the connection is back',
  'needs-clerk': 'Booking NOT CONFIRMED: needs a person',
  'letter-fetched': 'Letter shown',
  'access-code-shown': 'Access code shown',
  'wrong-digits': 'Identity digits were wrong',
  'review-closed': 'Review closed',
};

/** One line of the history; an unknown deed is shown as it came. */
export function historyWords(entry: ReferralView['history'][number]): string {
  const what = DEEDS[entry.what] ?? entry.what;
  return entry.code === '' ? what : `${what} (${entry.code})`;
}
