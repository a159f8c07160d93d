import { readCoding } from '../fhir/codings.ts';
import { extensionNamed } from '../fhir/extensions.ts';
import { normaliseDateOrInstant } from '../fhir/instants.ts';
import { objectAt, objectsAt, textAt, type Json } from '../fhir/json.ts';
import { readAs } from '../fhir/shape.ts';
import type { ReferenceConcept, ReferenceSet } from '../model.ts';
import type { Operation } from '../operation.ts';
import { CLINICAL } from '../roles.ts';
import { inBothDialects, matchPath, READ_TIMEOUT_MS } from './framing.ts';

export interface A004Input {
  /** e.g. `SPECIALTY`, `PRIORITY`, `APPOINTMENT-CANCELLATION-REASON`. */
  readonly set: string;
}

/**
 * A reference set with all its concepts, expired ones included: pickers leave those out, old data need them
 * (contract.md A004). `url` is the system to send back.
 */
export const a004RetrieveReferenceData: Operation<A004Input, ReferenceSet> = {
  id: 'A004',
  name: 'Retrieve reference data',
  kind: 'read',
  roles: CLINICAL,
  replyType: 'fhir+json',
  timeoutMs: READ_TIMEOUT_MS,
  refusals: {},
  dialects: inBothDialects((stu3) => ({
    build: ({ set }) => ({ method: 'GET', path: `${stu3}/CodeSystem/${set}` }),
    readRequest(request) {
      const [set] = matchPath(request, 'GET', stu3, /^\/CodeSystem\/([A-Z][A-Z-]{0,63})$/) ?? [];
      return set === undefined ? null : { set };
    },
    successStatus: [200],
  })),
  read: (reply) => readSet(reply.json),
  echoes: (reference, input) => reference.id === input.set,
};

const readSet = readAs('codeSystem', (json): ReferenceSet => ({
  id: textAt(json, 'id'),
  url: textAt(json, 'url'),
  concepts: objectsAt(json, 'concept').map(toConcept),
}));

function toConcept(concept: Json): ReferenceConcept {
  const properties = new Map<string, (string | number | boolean)[]>();
  const add = (code: string, value: string | number | boolean | null) => {
    if (value !== null) properties.set(code, [...(properties.get(code) ?? []), value]);
  };
  objectsAt(concept, 'property').forEach((property) => add(textAt(property, 'code'), valueOf(property)));
  // The numeric code of a 2021 specialty.
  objectsAt(concept, 'designation').forEach((item) => add('designation', textAt(item, 'value') || null));
  const effective = (code: string, extension: string): string | null => {
    const text = properties.get(code)?.[0] ?? textAt(extensionNamed(concept, extension), 'valueDate');
    properties.delete(code);
    return typeof text === 'string' ? normaliseDateOrInstant(text) : null;
  };
  return {
    code: textAt(concept, 'code'),
    display: textAt(concept, 'display'),
    effectiveFrom: effective('effectiveFrom', 'Extension-eRS-EffectivefromDate-1'),
    effectiveTo: effective('effectiveTo', 'Extension-eRS-EffectivetoDate-1'),
    properties: Object.fromEntries(properties),
  };
}

function valueOf(property: Json): string | number | boolean | null {
  const coded = readCoding(objectAt(property, 'valueCoding'));
  if (coded !== null) return coded.code;
  for (const key of [
    'valueDateTime',
    'valueBoolean',
    'valueInteger',
    'valueString',
    'valueCode',
    'valueDecimal',
  ]) {
    const value = property[key];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  }
  return null;
}
