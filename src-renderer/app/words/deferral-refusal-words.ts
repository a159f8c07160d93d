import { formatTime, parseInstant } from '../../../src-main/contract/london-time.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { countOf } from '../format.ts';
import type { ProblemWords } from './words-shape.ts';

const NOT_YET = 'Defer is not allowed yet';
const RULE =
  'NOT DEFERRED. e-RS takes a deferral only after a search that found nothing at the service, or after a booking that failed there. That the patient does not like the times is no reason: this is a national rule, and its use is audited.';
const ALTERNATIVES =
  'F7 shows the slots. Otherwise offer another service of the shortlist, pin times to ring back about (Space), or send the letter so that the patient books later (F9).';

const words = (title: string, meaning: string, next: string): ProblemWords => ({ title, meaning, next });

const BY_CODE: Readonly<Record<string, ProblemWords>> = {
  'no-evidence': words(`${NOT_YET}: nothing shows that this service cannot be booked`, RULE, ALTERNATIVES),
  'search-first': words(
    `${NOT_YET}: search the slots first`,
    RULE,
    'F7 searches the slots of the service. If it finds none, press Shift+F8 there.',
  ),
  'evidence-expired': words(
    `${NOT_YET}: the last search is more than 2 minutes old`,
    'NOT DEFERRED. Slots may have come free meanwhile.',
    'F7 (or F5 in the slots) searches again. If it finds none, press Shift+F8 at once.',
  ),
  'service-not-deferrable': words(
    'This service cannot be deferred to',
    'NOT DEFERRED. Only a directly bookable service takes deferrals.',
    'Choose another service of the shortlist: Esc, then Shift+F8.',
  ),
  'state-not-deferrable': words(
    'The state of the referral does not allow deferral',
    'NOT DEFERRED. It may be booked, deferred, triaged or cancelled already.',
    'F5 reads the referral again and shows its state.',
  ),
};

/** Why a deferral is refused (contract.md section 10; hazard 9); null for any other problem. */
export function deferralRefusalWords({ code, facts }: Problem): ProblemWords | null {
  if (code !== 'slots-available') return BY_CODE[code] ?? null;
  const { slots, readAt } = facts;
  const count = typeof slots === 'number' ? countOf(slots, 'free slot') : 'free slots';
  const at = typeof readAt === 'string' && parseInstant(readAt) !== null ? ` at ${formatTime(readAt)}` : '';
  return words(`${NOT_YET}: ${count}${at}`, RULE, ALTERNATIVES);
}
