import { toIso } from '../../contract/london-time.ts';
import { REFERRER_CLINICAL, CLINICAL } from '../../ers/roles.ts';
import { findReferenceSet, SETS, type Concept, type ReferenceSet } from '../reference-sets.ts';
import { isSpine, refuse, type Call, type Json, type JsonObject, type Operation } from '../service-types.ts';
import { codeSystem, coding, extensionUrl, profile, serverSystem, stu3Root } from '../wire/systems.ts';

/** 2021 had the first three sets only (contract.md section 1). */
const SPINE_SETS: readonly string[] = SETS.slice(0, 3);

/** Systems of the properties that are codings. */
const CODING_SYSTEMS: Readonly<Record<string, string>> = {
  appointmentBookingCancellationReasonType: codeSystem('eRS-AppointmentBookingCancellationReasonType-1'),
  appointmentRequestCancellationReasonType: codeSystem('eRS-AppointmentRequestCancellationReasonType-1'),
  businessFunction: codeSystem('eRS-BusinessFunction-1'),
  usage: codeSystem('eRS-AppointmentCancellationReasonUsage-1'),
  referrerUsage: codeSystem('eRS-ReferralRequestCancellationReasonUsage-1'),
};

function propertyValue(call: Call, code: string, value: string | number | boolean): JsonObject {
  if (typeof value === 'boolean') return { code, valueBoolean: value };
  if (typeof value === 'number') return { code, valueInteger: value };
  const system = code === 'specialty' ? serverSystem(call, 'SPECIALTY') : (CODING_SYSTEMS[code] ?? '');
  return { code, valueCoding: coding(system, value) };
}

function properties(call: Call, one: Concept): Json[] {
  const more = Object.entries(one.properties ?? {}).flatMap(([code, value]) =>
    typeof value === 'object'
      ? value.map((each) => propertyValue(call, code, each))
      : [propertyValue(call, code, value)],
  );
  return [
    { code: 'effectiveFrom', valueDateTime: one.from },
    ...(one.to === undefined ? [] : [{ code: 'effectiveTo', valueDateTime: one.to }]),
    ...more,
  ];
}

function dates(one: Concept): Json[] {
  const day = (name: string, instant: string): JsonObject => ({
    url: extensionUrl(name),
    valueDate: instant.slice(0, 10),
  });
  return [
    day('EffectivefromDate-1', one.from),
    ...(one.to === undefined ? [] : [day('EffectivetoDate-1', one.to)]),
  ];
}

function conceptBody(call: Call, set: string, one: Concept): JsonObject {
  const { code, display, numeric } = one;
  if (set !== 'SPECIALTY') return { code, display, property: properties(call, one) };
  // 2021 gave specialties a numeric designation and no properties.
  return isSpine(call)
    ? { extension: dates(one), code, display, designation: [{ value: numeric ?? '' }] }
    : { extension: dates(one), code, display, property: properties(call, one) };
}

/** Declares each property that a concept of the set has. */
function declareProperties(set: ReferenceSet): Json[] {
  const names = new Set(['effectiveFrom', 'effectiveTo']);
  const types: Record<string, string> = { effectiveFrom: 'dateTime', effectiveTo: 'dateTime' };
  for (const one of set.concepts) {
    for (const [code, value] of Object.entries(one.properties ?? {})) {
      names.add(code);
      types[code] = typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'integer' : 'Coding';
    }
  }
  const uri = codeSystem('eRS-Concept-Properties-1');
  return [...names].map((code) => ({ code, uri: `${uri}#${code}`, type: types[code] ?? 'Coding' }));
}

function answer(call: Call) {
  const name = call.params.set ?? '';
  const set = findReferenceSet(name);
  if (!set || (isSpine(call) && !SPINE_SETS.includes(name))) return refuse(404, '');
  const isSpecialty = name === 'SPECIALTY';
  return {
    status: 200,
    json: {
      id: name,
      meta: {
        profile: [
          isSpecialty
            ? profile('eRS-Specialty-CodeSystem-1')
            : 'http://hl7.org/fhir/StructureDefinition/shareablecodesystem',
        ],
      },
      resourceType: 'CodeSystem',
      url: `${stu3Root(call)}/CodeSystem/${name}`,
      version: '1',
      name: set.name,
      status: 'active',
      experimental: false,
      date: toIso(call.desk.clock.nowMs()),
      publisher: 'e-Referral Service',
      description: set.name,
      caseSensitive: true,
      content: 'complete',
      ...(isSpecialty && isSpine(call) ? {} : { property: declareProperties(set) }),
      concept: set.concepts.map((one) => conceptBody(call, name, one)),
    },
  };
}

/** A004: a reference set, expired concepts included. */
export const readReferenceData: Operation = {
  id: 'A004',
  fhir: 'stu3',
  produces: 'fhir+json',
  consumes: null,
  routes: [
    { surface: 'api-platform', method: 'GET', path: '/STU3/CodeSystem/:set', permission: CLINICAL },
    {
      surface: 'spine-session',
      method: 'GET',
      path: '/STU3/v1/CodeSystem/:set',
      permission: [...REFERRER_CLINICAL, 'SERVICE_PROVIDER_CLINICIAN', 'SERVICE_PROVIDER_CLINICIAN_ADMIN'],
    },
  ],
  answer,
};
