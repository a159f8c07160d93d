/** Reads a PDS Patient (FHIR R4): the usual name, dates, contact, needs; a restricted one without its address. */
import type { PatientDetails } from '../../contract/channels/patient.ts';
import { identifierValue, readCoding, readConcept } from './codings.ts';
import { extensionNamed, extensionsNamed } from './extensions.ts';
import { normaliseDay, normaliseInstant } from './instants.ts';
import { booleanAt, objectAt, objectsAt, textAt, textsAt, type Json } from './json.ts';

/** Details without the time of reading, which the caller knows. */
export type PatientRecord = Omit<PatientDetails, 'readAt'>;

/** Restricted, very restricted, redacted: any confidentiality but U (unrestricted). */
const SENSITIVE_CODES = ['R', 'V', 'REDACTED'];

export function readPatient(patient: Json): PatientRecord {
  const isSensitive = objectsAt(objectAt(patient, 'meta'), 'security').some((coding) =>
    SENSITIVE_CODES.includes(readCoding(coding)?.code ?? ''),
  );
  return {
    nhsNumber: textAt(patient, 'id'),
    name: readName(patient),
    birthDate: normaliseDay(textAt(patient, 'birthDate')),
    gender: readGender(patient),
    deceased: readDeceased(patient),
    isSensitive,
    address: isSensitive ? [] : readAddress(patient),
    phone: isSensitive ? null : readPhone(patient),
    gpPractice: identifierValue(objectsAt(patient, 'generalPractitioner')[0] ?? null).slice(0, 20) || null,
    communicationNeeds: readNeeds(patient),
  };
}

/** The entry of that use which has not ended; PDS keeps old ones with the end of their period. */
function currentOf(entries: readonly Json[], use: string): Json | null {
  const isCurrent = (entry: Json) => textAt(objectAt(entry, 'period'), 'end') === '';
  const ofUse = entries.filter((entry) => textAt(entry, 'use') === use);
  return ofUse.find(isCurrent) ?? ofUse[0] ?? null;
}

function readName(patient: Json): PatientRecord['name'] {
  const name = currentOf(objectsAt(patient, 'name'), 'usual');
  if (name === null) return null;
  return {
    family: textAt(name, 'family').slice(0, 120),
    given: textsAt(name, 'given').join(' ').slice(0, 200),
    prefix: textsAt(name, 'prefix').join(' ').slice(0, 40),
  };
}

function readGender(patient: Json): PatientRecord['gender'] {
  const gender = textAt(patient, 'gender');
  return gender === 'male' || gender === 'female' || gender === 'other' ? gender : 'unknown';
}

/** The date of death; `unknown` for a patient who is known to have died without one. */
function readDeceased(patient: Json): string | null {
  const text = textAt(patient, 'deceasedDateTime');
  if (text !== '') return normaliseDay(text) ?? normaliseInstant(text)?.slice(0, 10) ?? 'unknown';
  return booleanAt(patient, 'deceasedBoolean') === true ? 'unknown' : null;
}

function readAddress(patient: Json): string[] {
  const address = currentOf(objectsAt(patient, 'address'), 'home');
  return [...textsAt(address, 'line'), textAt(address, 'postalCode')]
    .filter((line) => line !== '')
    .map((line) => line.slice(0, 120));
}

function readPhone(patient: Json): string | null {
  const phones = objectsAt(patient, 'telecom').filter((point) => textAt(point, 'system') === 'phone');
  const phone = currentOf(phones, 'mobile') ?? currentOf(phones, 'home') ?? phones[0] ?? null;
  return textAt(phone, 'value').slice(0, 40) || null;
}

/** Accessible information needs in words: language, interpreter, preferred written format and way of contact. */
function readNeeds(patient: Json): string[] {
  const nameIn = (extension: Json | null, part: string): string => {
    const concept = readConcept(objectAt(extensionNamed(extension, part), 'valueCodeableConcept'));
    return concept?.display || concept?.code || '';
  };
  const languages = extensionsNamed(patient, 'Extension-UKCore-NHSCommunication').flatMap((extension) => {
    const needsInterpreter =
      booleanAt(extensionNamed(extension, 'interpreterRequired'), 'valueBoolean') === true;
    const language = nameIn(extension, 'language');
    return [language && `Language: ${language}`, needsInterpreter ? 'Interpreter required' : ''];
  });
  const preferences = extensionsNamed(patient, 'Extension-UKCore-ContactPreference').flatMap((extension) => {
    const format = nameIn(extension, 'PreferredWrittenCommunicationFormat');
    const method = nameIn(extension, 'PreferredContactMethod');
    return [format && `Written format: ${format}`, method && `Preferred contact: ${method}`];
  });
  return [...languages, ...preferences].filter((need) => need !== '').map((need) => need.slice(0, 200));
}
