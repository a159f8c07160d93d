/** What became of an answer, a conversion or a new request, per state and code (screens.md section 13). */
import { formatUbrn } from '../../../src-main/contract/identifiers.ts';
import type { ActionLanguage } from '../cancellation/result-words.ts';
import { ANSWER_REFUSALS, CONVERSION_REFUSALS, REQUEST_REFUSALS } from './advice-refusals.ts';

export type AdviceAction = 'send-advice' | 'convert-advice' | 'request-advice';

const GO_ON = 'Alt+G goes on with the list.';

export const ADVICE_LANGUAGE: Readonly<Record<AdviceAction, ActionLanguage>> = {
  'send-advice': {
    not: 'NOT SENT',
    thing: 'request',
    key: 'Alt+A',
    refusals: ANSWER_REFUSALS,
    unknown: {
      heading: 'the answer may have been sent',
      meaning: 'e-RS has not said whether it took the answer.',
    },
    whenBack: 'The desk sends it once the connection is back, if the request is still as you saw it.',
    done: () => ({
      heading: 'Sent to the referrer',
      tone: 'booked',
      meaning: 'The conversation shows your answer.',
      next: GO_ON,
    }),
  },
  'convert-advice': {
    not: 'NOT CONVERTED',
    thing: 'request',
    key: 'Alt+C',
    refusals: CONVERSION_REFUSALS,
    unknown: {
      heading: 'the referral may have been made',
      meaning: 'e-RS has not said whether it made the referral.',
    },
    whenBack: 'The desk asks you once more when the connection is back.',
    done: ({ ubrn }) => ({
      heading: 'Made a referral',
      tone: 'booked',
      meaning: `The referral has the UBRN of the request${ubrn === null ? '' : `, ${formatUbrn(ubrn)}`}. It is with your admin team.`,
      next: 'Your admin team books it in the e-RS web application.',
    }),
  },
  'request-advice': {
    not: 'NOT ASKED',
    thing: 'request',
    key: 'F7',
    refusals: REQUEST_REFUSALS,
    unknown: {
      heading: 'the request may have been made',
      meaning: 'e-RS has not answered, and no list shows it to a referrer: it is never sent again by itself.',
      next: 'Do not ask again meanwhile. F12 shows it in the outbox, which asks you what to do.',
    },
    whenBack: 'The desk asks you once more when the connection is back.',
    done: ({ ubrn }) => ({
      heading: 'Asked for advice',
      tone: 'booked',
      meaning:
        ubrn === null ? 'The request is with the service.' : `The request has UBRN ${formatUbrn(ubrn)}.`,
      next: 'Alt+G shows it among your requests.',
    }),
  },
};
