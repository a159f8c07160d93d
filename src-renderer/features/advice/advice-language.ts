/** What became of an answer, a conversion or a new request, per state and code (screens.md section 13). */
import { formatUbrn } from '../../../src-main/contract/identifiers.ts';
import { COMMON, words, type CodeWords } from '../cancellation/code-words.ts';
import type { ActionLanguage } from '../cancellation/result-words.ts';

export type AdviceAction = 'send-advice' | 'convert-advice' | 'request-advice';

const REREAD = 'F5 reads the request again: look at what changed.';

const REFUSALS: Readonly<Record<string, CodeWords>> = {
  ...COMMON,
  INVALID_REQUEST_STATE: words('The request is no longer with the provider, or is closed.', REREAD),
  INVALID_REQUEST_TYPE: words('For e-RS this UBRN is not a request for advice.', REREAD),
  UNSUPPORTED_PRIORITY: words(
    'The service does not take this priority.',
    'Choose another one and send again.',
  ),
  MISSING_VALUE: words('e-RS wants more than was filled in.', 'Open the panel again and complete it.'),
  VALUE_IS_REQUIRED: words('e-RS wants more than was filled in.', 'Open the panel again and complete it.'),
  INAPPROPRIATE_VALUE: words('Something that was sent does not fit the request now.', REREAD),
  'conversion-not-authorised': words('The referrer has taken the permission back.', REREAD),
  SHORTLISTED_SERVICE_NOT_IN_RESULTS: words(
    'e-RS no longer finds this service for the patient.',
    'Search the services again, then ask again.',
  ),
  SERVICE_UNAVAILABLE: words('The service was withdrawn.', 'Search the services again and choose another.'),
  NO_REG_GP_PRACTICE: words(
    'e-RS knows no GP practice of this patient.',
    'Correct the registration first. Use another way to ask meanwhile.',
  ),
  REFERENCED_USER_IS_NOT_RC_AT_ORG: words(
    'The clinician that you named is none of your organisation.',
    'Type the clinician’s own 12 digits, then ask again.',
  ),
  REFERENCED_USER_IS_NOT_RC: words(
    'The person that you named is no referring clinician.',
    'Type the clinician’s own 12 digits, then ask again.',
  ),
};

const GO_ON = 'Alt+G goes on with the list.';

export const ADVICE_LANGUAGE: Readonly<Record<AdviceAction, ActionLanguage>> = {
  'send-advice': {
    not: 'NOT SENT',
    key: 'Alt+A',
    refusals: REFUSALS,
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
    key: 'Alt+C',
    refusals: REFUSALS,
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
    key: 'Alt+N',
    refusals: REFUSALS,
    unknown: {
      heading: 'the request may have been made',
      meaning: 'e-RS has not answered, and no list shows it to a referrer: it is never sent again by itself.',
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
