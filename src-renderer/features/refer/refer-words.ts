/** Words of the screens for referring: steps, fields, services, and what became of it. */
import type { OutboxItem } from '../../../src-main/contract/channels/outbox.ts';
import type {
  FoundServiceView,
  PatientOfDraft,
  SearchForm,
} from '../../../src-main/contract/channels/refer.ts';
import { formatTime } from '../../../src-main/contract/london-time.ts';
import type { Problem } from '../../../src-main/contract/outcome.ts';
import { countOf } from '../../app/format.ts';
import { spellCode } from '../../app/words/code-words.ts';
import { resultWords, type ActionLanguage, type ResultWords } from '../cancellation/result-words.ts';
import { CREATION_CODE_WORDS, LETTER_CODE_WORDS } from './refer-code-words.ts';

export const STEP_TITLES = [
  'The patient',
  'What is asked',
  'Services',
  'Letter and reminder',
  'Review',
] as const;

/** The fault of a field in words, and the field that it belongs to. */
export interface FieldFault {
  readonly field: string;
  readonly text: string;
}

const FIELD_FAULTS: Readonly<Record<string, string>> = {
  'criteria-missing': 'Choose a specialty, or type a clinical term or a named clinician.',
  'specialty-missing': 'A clinic type needs its specialty.',
  'clinical-term': 'A SNOMED CT term has 6 to 18 digits.',
  'user-id': 'A clinician’s id has 12 digits, with its zeros at the front.',
  'referrer-missing': 'Say for which clinician you refer: their id has 12 digits.',
  organisation: 'An organisation’s code has 3 to 10 letters and digits, such as R69.',
  postcode: 'This is no full postcode. Type it as in LS1 2TW.',
  'postcode-missing': 'A distance needs a postcode to count from.',
  number: 'Type a whole number of up to 3 digits.',
};

/** Null for a problem that is no fault of one field. */
export function fieldFaultOf({ code, facts }: Problem): FieldFault | null {
  const [text, field] = [FIELD_FAULTS[code], facts['field']];
  return text === undefined || typeof field !== 'string' ? null : { field, text };
}

/** Why a patient cannot be referred, and what to do. */
export function blockedWords(blocked: NonNullable<PatientOfDraft['blocked']>): string {
  switch (blocked) {
    case 'patient-sensitive':
      return 'This patient’s record is restricted: e-RS cannot be used. Follow your office’s procedure for restricted records.';
    case 'patient-deceased':
      return 'PDS says that this patient has died. Nobody can be referred. Tell the clinician who asked for the referral.';
    case 'patient-not-found':
      return 'PDS has no patient with this number. Ask for the number again, digit by digit.';
    default:
      return 'PDS answered with another patient. Call the service desk before you go on.';
  }
}

/** `17 days`, `no wait said`. */
export function waitWords({ waitDays, waitCode }: Pick<FoundServiceView, 'waitDays' | 'waitCode'>): string {
  if (waitDays === 0) return 'no wait';
  if (waitDays !== null) return `wait ${countOf(waitDays, 'day')}`;
  if (waitCode === 'NOT_APPLICABLE') return 'no wait: triage';
  return waitCode === '' ? 'no wait said' : spellCode(waitCode).toLowerCase();
}

export const distanceWords = (distance: number | null): string =>
  distance === null ? 'distance not said' : countOf(distance, 'mile');

export const sortWords = (sortBy: SearchForm['sortBy']): string =>
  sortBy === 'DISTANCE' ? 'nearest first' : 'shortest wait first';

const readBack = ({ updatedAt }: OutboxItem) => `read back ${formatTime(updatedAt)}`;

const CREATION: ActionLanguage = {
  not: 'NOT MADE',
  key: 'Ctrl+Shift+F2',
  refusals: CREATION_CODE_WORDS,
  unknown: {
    heading: 'the referral may have been made',
    meaning:
      'It may or may not have been made: the desk looks for it in e-RS, and never makes it a second time by itself.',
  },
  whenBack: 'Once it is back the desk looks whether it is there, then asks you first.',
  done: (item) => ({
    heading: 'Referral made',
    tone: 'booked',
    meaning: `e-RS holds the referral, ${readBack(item)}. ${
      item.action === 'create-and-triage'
        ? 'It is with the triage service; nothing is booked.'
        : 'NOTHING IS BOOKED, and no provider has been told yet.'
    }`,
    next:
      item.action === 'create-and-triage'
        ? 'Ctrl+F9 adds the letter.'
        : 'F7 books, Ctrl+Shift+F7 sends for triage, Ctrl+F9 adds the letter, F9 prints the patient’s.',
  }),
};

const LETTERS: ActionLanguage = {
  not: 'NOT CHANGED',
  key: 'Ctrl+F9',
  refusals: LETTER_CODE_WORDS,
  unknown: {
    heading: 'the old letters stand as far as we know',
    meaning: 'The letters may or may not have been replaced.',
  },
  whenBack: 'Once it is back the desk checks the referral, then goes on or asks you first.',
  done: (item) => ({
    heading: 'Letters replaced',
    tone: 'booked',
    meaning: `e-RS holds exactly the letters that you chose, ${readBack(item)}.`,
    next: 'Ctrl+O shows them. Esc goes back to the referral.',
  }),
};

/** Heading, meaning, what to tell the patient and what to press. */
export function referResultWords(item: OutboxItem): ResultWords {
  return resultWords(item, item.action === 'maintain-letter' ? LETTERS : CREATION);
}
