/** Invented patients: names from `resources/training/people.json`, NHS numbers of the 999 test range. */
import people from '../../../resources/training/people.json' with { type: 'json' };
import { hasValidCheckDigit } from '../../contract/identifiers.ts';
import type { Random } from '../random.ts';
import type { Patient, PatientRecordKind } from './model.ts';

interface SpecialPerson {
  readonly key: string;
  readonly prefix: string;
  readonly given: readonly string[];
  readonly family: string;
  readonly gender: string;
  readonly birthDate: string;
  readonly address: readonly string[];
  readonly record?: string;
  readonly language?: { readonly code: string; readonly display: string };
  readonly interpreter?: boolean;
  readonly format?: { readonly code: string; readonly display: string };
}

/** Numbers `999 000 0000` upwards that pass modulus 11, in order. */
function createNhsNumbers(): () => string {
  let serial = 999_000_000;
  return () => {
    for (;;) {
      const nine = String(serial++);
      for (let digit = 0; digit < 10; digit++) {
        if (hasValidCheckDigit(`${nine}${digit}`)) return `${nine}${digit}`;
      }
    }
  };
}

const toRecordKind = (text: string | undefined): PatientRecordKind =>
  text === 'sensitive' || text === 'deceased' || text === 'unusable' || text === 'missing' ? text : 'normal';

function fromSpecial(person: SpecialPerson, nhsNumber: string, random: Random): Patient {
  const record = toRecordKind(person.record);
  return {
    key: person.key,
    nhsNumber,
    prefix: person.prefix,
    given: person.given,
    family: person.family,
    gender: person.gender === 'male' ? 'male' : 'female',
    birthDate: person.birthDate,
    address: person.address,
    phone: makePhone(random),
    gpPractice: 'R69',
    record,
    deathDate: record === 'deceased' ? '2026-01-19' : null,
    language: person.language ?? null,
    needsInterpreter: person.interpreter ?? false,
    writtenFormat: person.format ?? null,
  };
}

/** Numbers that Ofcom keeps for drama, so that nobody is ever rung. */
const makePhone = (random: Random): string => `01632 960${String(random.int(1000)).padStart(3, '0')}`;

const pad = (value: number): string => String(value).padStart(2, '0');

function makeOrdinary(random: Random, nhsNumber: string): Patient {
  const gender = random.isHit(0.54) ? 'female' : 'male';
  const town = random.pick(people.towns);
  const given = [random.pick(people.givenNames[gender])];
  if (random.isHit(0.3)) given.push(random.pick(people.givenNames[gender]));
  return {
    key: '',
    nhsNumber,
    prefix: gender === 'male' ? 'Mr' : random.pick(['Mrs', 'Ms', 'Miss']),
    given,
    family: random.pick(people.surnames),
    gender,
    birthDate: `${1928 + random.int(92)}-${pad(1 + random.int(12))}-${pad(1 + random.int(28))}`,
    address: [
      `${1 + random.int(140)} ${random.pick(people.streets)}`,
      town.town,
      `${town.postcode} ${1 + random.int(9)}${random.pick(['AB', 'DE', 'HJ', 'LN', 'PR'])}`,
    ],
    phone: makePhone(random),
    gpPractice: 'R69',
    record: 'normal',
    deathDate: null,
    language: null,
    needsInterpreter: false,
    writtenFormat: null,
  };
}

/** Gives the special patients first, then ordinary ones up to `count` in all. */
export function createPatients(random: Random, count: number): Patient[] {
  const nextNumber = createNhsNumbers();
  const special = people.special.map((person) => fromSpecial(person, nextNumber(), random));
  const rest = Math.max(0, count - special.length);
  return [...special, ...Array.from({ length: rest }, () => makeOrdinary(random, nextNumber()))];
}
