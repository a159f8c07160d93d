import type { Coded } from '../../../src-main/contract/schema.ts';

const SHORT_WORDS = new Set([
  'AND',
  'AT',
  'BY',
  'FOR',
  'IN',
  'NO',
  'NOT',
  'OF',
  'ON',
  'OR',
  'THE',
  'TO',
  'ALL',
  'NEW',
  'NON',
  'EAR',
  'EYE',
  'HIP',
]);

/** `NO_SLOTS_AT_SERVICE` as `No slots at service`; abbreviations of up to three letters keep their capitals. */
export function spellCode(code: string): string {
  const words = code
    .split('_')
    .filter((word) => word !== '')
    .map((word) => (word.length <= 3 && !SHORT_WORDS.has(word) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const isCode = (text: string) => /^[A-Z0-9]+(_[A-Z0-9]+)*$/.test(text);

/** The display of a coded value; where e-RS gave none, its code spelled out. */
export function codedWords(coded: Coded): string {
  const shown = coded.display || coded.code;
  return isCode(shown) ? spellCode(shown) : shown;
}

/** `SPECIALTY/CLINIC_TYPE` of the referrer lists as words; a service's name stays as it is. */
export function contextWords(context: string): string {
  return context
    .split('/')
    .map((part) => (isCode(part) ? spellCode(part) : part.trim()))
    .join(' / ');
}
