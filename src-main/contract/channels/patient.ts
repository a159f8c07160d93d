import { Type, type Static } from 'typebox';
import { day, instant, nhsNumber, oneOf, orNull, strict, text } from '../schema.ts';

/** A name in its parts: shown `SMITH, John (Mr)`. */
const personName = strict({ family: text(120), given: text(200), prefix: text(40) });

/** What the Personal Demographics Service says of a patient; `sensitive` ones carry no address. */
const patientDetails = strict({
  nhsNumber,
  name: orNull(personName),
  birthDate: orNull(day),
  gender: oneOf(['male', 'female', 'other', 'unknown']),
  /** Date of death; a patient known dead without a date has `unknown`. */
  deceased: orNull(text(20)),
  /** The S flag: the record may not be used in e-RS. */
  isSensitive: Type.Boolean(),
  address: Type.Array(text(120)),
  phone: orNull(text(40)),
  gpPractice: orNull(text(20)),
  /** Accessible information needs, in words. */
  communicationNeeds: Type.Array(text(200)),
  readAt: instant,
});

const listedName = strict({ nhsNumber, name: orNull(personName), birthDate: orNull(day) });

export const requests = {
  /** Names of the visible rows of a list: at most 50 at once; unknown ones come back without a name. */
  'patient/read-names': {
    input: strict({ nhsNumbers: Type.Array(nhsNumber, { maxItems: 50 }) }),
    output: strict({ names: Type.Array(listedName, { maxItems: 50 }) }),
  },
};

export const pushes = {};

export type PersonName = Static<typeof personName>;
export type PatientDetails = Static<typeof patientDetails>;
export type ListedName = Static<typeof listedName>;
export { patientDetails };
