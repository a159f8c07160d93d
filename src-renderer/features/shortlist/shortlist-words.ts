/** What became of a new shortlist (A031) or a triage (A016 TRIAGE), in words. */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import { formatStaffDay, formatTime } from '../../../src-main/contract/london-time.ts';
import { resultWords, type ActionLanguage, type ResultWords } from '../cancellation/result-words.ts';
import { CHANGE_REFUSALS, TRIAGE_REFUSALS } from './shortlist-code-words.ts';
import type { ShortlistAction } from './shortlist.store.ts';

const readBack = ({ updatedAt }: OutboxItem) => `read back ${formatTime(updatedAt)}`;

const CHANGE: ActionLanguage = {
  not: 'NOT CHANGED',
  key: 'Ctrl+F7',
  refusals: CHANGE_REFUSALS,
  unknown: {
    heading: 'the old shortlist stands as far as we know',
    meaning: 'The shortlist may or may not have been changed.',
  },
  whenBack: 'Once it is back the desk checks the referral, then goes on or asks you first.',
  done: (item) => ({
    heading: 'Shortlist changed',
    tone: 'booked',
    meaning: `e-RS holds the new shortlist, ${readBack(item)}. NOTHING IS BOOKED by it.`,
    next: 'F7 shows the slots. Ask again in the e-RS web application for what was ticked.',
  }),
};

const TRIAGE: ActionLanguage = {
  not: 'NOT SENT FOR TRIAGE',
  key: 'Ctrl+Shift+F7',
  refusals: TRIAGE_REFUSALS,
  unknown: { heading: 'the answer is not known', meaning: 'It may or may not have been sent for triage.' },
  whenBack: 'Once it is back the desk checks the referral, then goes on or asks you first.',
  done: (item) => ({
    heading: 'Sent for triage',
    tone: 'booked',
    meaning: `e-RS holds the referral at ${item.serviceName}, ${readBack(item)}. Nothing is booked: they look at it first.${
      item.contactBy === null
        ? ''
        : ` They contact the patient on or before ${formatStaffDay(item.contactBy)}.`
    }`,
    next: 'F9 shows the letter. Esc goes back.',
  }),
};

const LANGUAGES: Readonly<Record<ShortlistAction, ActionLanguage>> = {
  'change-shortlist': CHANGE,
  'send-for-triage': TRIAGE,
};

/** Heading, meaning, what to tell the patient and what to press, for every state and code. */
export function shortlistResultWords(item: OutboxItem, action: ShortlistAction): ResultWords {
  return resultWords(item, LANGUAGES[action]);
}

/** Which codes of e-RS have words of their own. */
export function shortlistRefusalsOf(action: ShortlistAction): ActionLanguage['refusals'] {
  return LANGUAGES[action].refusals;
}
