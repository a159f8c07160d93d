/** The words of a patient's letter: page 1 names the patient, page 2 only the UBRN (contract.md A019). */
import {
  formatDayForPatient,
  formatForPatient,
  londonDate,
  londonParts,
  toIso,
} from '../../contract/london-time.ts';
import type { Patient, Service } from '../world/model.ts';

export type LetterKind =
  'Appointment_Confirmation_Summary' | 'Appointment_Request_Summary' | 'Triage_Summary';

export interface LetterRequest {
  readonly kind: LetterKind;
  readonly patient: Patient;
  readonly ubrn: string;
  readonly accessCode: string;
  readonly nowMs: number;
  readonly service: Service | null;
  /** Of a booked appointment. */
  readonly startMs: number | null;
}

export interface Block {
  readonly role: 'H1' | 'H2' | 'P';
  readonly text: string;
}

export interface LetterText {
  readonly title: string;
  readonly pages: readonly (readonly Block[])[];
  /** What the foot of each page says; `Page n of N` when absent. */
  readonly marks?: readonly string[];
}

const TITLES: Readonly<Record<LetterKind, string>> = {
  Appointment_Confirmation_Summary: 'Your appointment',
  Appointment_Request_Summary: 'Your appointment request',
  Triage_Summary: 'Your referral is being reviewed',
};

const h1 = (text: string): Block => ({ role: 'H1', text });
const h2 = (text: string): Block => ({ role: 'H2', text });
const p = (text: string): Block => ({ role: 'P', text });
const group = (text: string, form: RegExp): string => text.replace(form, '$1 $2 $3');

function appointmentBlocks({ kind, service, startMs }: LetterRequest): Block[] {
  const serviceName = p(`Service: ${service?.name ?? 'to be confirmed'}`);
  if (kind === 'Triage_Summary') {
    return [serviceName, p('A clinician will look at your referral and you will be told what happens next.')];
  }
  if (startMs === null) {
    return [
      serviceName,
      p('You do not have an appointment yet. The next page says how to book one.'),
      p(`Telephone: ${service?.patientPhone ?? ''}`),
    ];
  }
  const start = toIso(startMs);
  return [
    p(`Date and time: ${formatForPatient(start)} (${londonParts(start).zone})`),
    serviceName,
    p(`Location: ${[service?.siteName ?? '', ...(service?.address ?? [])].join(', ')}`),
    p(`Telephone: ${service?.patientPhone ?? ''}`),
    p(service?.instructions ?? ''),
  ];
}

function firstPage(letter: LetterRequest): Block[] {
  const { patient } = letter;
  return [
    h1(TITLES[letter.kind]),
    p([patient.prefix, ...patient.given, patient.family].join(' ')),
    ...patient.address.map(p),
    p(`NHS number: ${group(patient.nhsNumber, /^(\d{3})(\d{3})(\d{4})$/)}`),
    p(`Date: ${formatDayForPatient(londonDate(letter.nowMs))}`),
    h2('Details'),
    ...appointmentBlocks(letter),
  ];
}

function secondPage({ ubrn, accessCode, startMs }: LetterRequest): Block[] {
  return [
    h1('Manage your referral online'),
    p('Keep this page safe. Anyone who has it can change the appointment.'),
    p(`Booking reference (UBRN): ${group(ubrn, /^(\d{4})(\d{4})(\d{4})$/)}`),
    p(`Access code: ${accessCode}`),
    h2(startMs === null ? 'To book' : 'To change or cancel'),
    p(
      'Go to the training page of Manage Your Referral and log in with your booking reference, year of birth and access code.',
    ),
    p('Or telephone the appointments line with this page in front of you.'),
  ];
}

/** The two pages of a letter. */
export function composeLetter(letter: LetterRequest): LetterText {
  return { title: TITLES[letter.kind], pages: [firstPage(letter), secondPage(letter)] };
}
