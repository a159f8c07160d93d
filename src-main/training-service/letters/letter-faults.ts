/** Letters as no patient must ever get them: what the check of letters is to catch (safety.md, hazards 5 and 6). */
import { composeLetter, type LetterKind, type LetterRequest, type LetterText } from './letter-text.ts';

/**
 * `another-layout` is right in all it says, in a form that nobody has seen; every other one is wrong.
 * `page-of-another`: the second page is of another patient's letter.
 */
export const LETTER_FAULTS = [
  'swapped-pages',
  'page-missing',
  'page-of-another',
  'wrong-patient',
  'wrong-name',
  'wrong-address',
  'one-hour-late',
  'one-hour-early',
  'other-day',
  'old-request',
  'old-booking',
  'another-layout',
] as const;

export type LetterFault = (typeof LETTER_FAULTS)[number];

/** Faults that the name of the file goes with: the letter is of another state. */
export const KIND_OF_FAULT: Partial<Readonly<Record<LetterFault, LetterKind>>> = {
  'old-request': 'Appointment_Request_Summary',
  'old-booking': 'Appointment_Confirmation_Summary',
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The letter with one fault in it; `other` is the letter of somebody else. */
export function spoilLetter(letter: LetterRequest, fault: LetterFault, other: LetterRequest): LetterText {
  const { startMs, patient } = letter;
  const later = (ms: number) => composeLetter({ ...letter, startMs: startMs === null ? null : startMs + ms });
  switch (fault) {
    case 'swapped-pages':
      return withPages(composeLetter(letter), [1, 0]);
    case 'page-missing':
      return withPages(composeLetter(letter), [0]);
    case 'page-of-another':
      return joinPages(composeLetter(letter), composeLetter(other));
    case 'wrong-patient':
      return composeLetter(other);
    case 'wrong-name': {
      const { prefix, given, family } = other.patient;
      return composeLetter({ ...letter, patient: { ...patient, prefix, given, family } });
    }
    case 'wrong-address':
      return composeLetter({ ...letter, patient: { ...patient, address: other.patient.address } });
    case 'one-hour-late':
      return later(HOUR_MS);
    case 'one-hour-early':
      return later(-HOUR_MS);
    case 'other-day':
      return later(7 * DAY_MS);
    case 'old-request':
      return composeLetter({ ...letter, kind: 'Appointment_Request_Summary', startMs: null });
    case 'old-booking':
      return composeLetter({
        ...letter,
        kind: 'Appointment_Confirmation_Summary',
        startMs: letter.nowMs + 7 * DAY_MS,
      });
    case 'another-layout':
      return inAnotherLayout(letter);
  }
}

/** Pages keep the numbers that they were printed with. */
function withPages(text: LetterText, order: readonly number[]): LetterText {
  const { length } = text.pages;
  return {
    ...text,
    pages: order.map((at) => text.pages[at] ?? []),
    marks: order.map((at) => `Page ${at + 1} of ${length}`),
  };
}

const joinPages = (first: LetterText, second: LetterText): LetterText => ({
  ...first,
  pages: [...first.pages.slice(0, 1), ...second.pages.slice(1)],
});

/** No labels, no page numbers, the appointment not said as a date with a time. */
function inAnotherLayout({ patient, ubrn, accessCode, startMs }: LetterRequest): LetterText {
  const name = [...patient.given, patient.family].join(' ');
  const line = (text: string) => ({ role: 'P', text }) as const;
  return {
    title: 'A letter from your clinic',
    pages: [
      [
        line(`For ${name}`),
        line(patient.nhsNumber),
        line(startMs === null ? 'Please book.' : 'You are booked in.'),
      ],
      [line('The clinic is on the second floor.')],
      [line(ubrn), line(accessCode)],
    ],
    marks: ['', '', ''],
  };
}
