/** Schemas of what the service sends: tolerant of unknown fields, strict on what the readers rely on. */
import { Type, type TSchema } from 'typebox';

const anyObject = Type.Object({});
const objects = Type.Array(anyObject);
const optionalText = Type.Optional(Type.String());
const versionId = Type.String({ pattern: '^\\d{1,9}$' });
/** e-RS sends an element that FHIR repeats as a single object now and then (contract.md section 16). */
const oneOrMany = Type.Union([objects, anyObject]);

const resource = <T extends string>(type: T, properties: Record<string, TSchema>) =>
  Type.Object({ resourceType: Type.Literal(type), ...properties });

const bundleOf = (properties: Record<string, TSchema> = {}) =>
  resource('Bundle', {
    entry: Type.Optional(objects),
    link: Type.Optional(objects),
    ...properties,
  });

const permission = Type.Object({ businessFunction: Type.String(), orgIdentifier: Type.String() });

const professionalSession = Type.Object({
  id: Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$' }),
  token: optionalText,
  user: Type.Object({ identifier: Type.String(), permissions: Type.Array(permission) }),
  permission: Type.Optional(Type.Union([permission, Type.Null()])),
});

const codeSystem = resource('CodeSystem', {
  id: Type.String({ minLength: 1 }),
  url: optionalText,
  concept: Type.Optional(
    Type.Array(
      Type.Object({
        code: Type.String({ minLength: 1 }),
        display: optionalText,
        property: Type.Optional(objects),
        extension: Type.Optional(objects),
        designation: Type.Optional(objects),
      }),
    ),
  ),
});

const referral = resource('ReferralRequest', {
  id: Type.String({ pattern: '^\\d{12}$' }),
  meta: Type.Object({ versionId }),
  status: Type.String({ minLength: 1 }),
  subject: Type.Object({ identifier: Type.Object({ value: Type.String({ pattern: '^\\d{10,11}$' }) }) }),
  extension: objects,
  contained: Type.Optional(objects),
  supportingInfo: Type.Optional(objects),
});

const communicationRequest = resource('CommunicationRequest', {
  id: Type.String({ pattern: '^\\d{12}$' }),
  meta: Type.Object({ versionId }),
  status: Type.String({ minLength: 1 }),
  subject: Type.Object({ identifier: Type.Object({ value: Type.String({ pattern: '^\\d{10,11}$' }) }) }),
  category: oneOrMany,
  extension: objects,
  contained: Type.Optional(objects),
});

const communication = resource('Communication', {
  id: Type.String({ minLength: 1, maxLength: 64 }),
  basedOn: oneOrMany,
  category: oneOrMany,
  sent: Type.String({ minLength: 1 }),
  note: Type.Optional(oneOrMany),
  payload: Type.Optional(oneOrMany),
  contained: Type.Optional(objects),
});

const appointment = resource('Appointment', {
  id: Type.String({ pattern: '^[A-Za-z0-9\\-.]{1,64}$' }),
  meta: Type.Optional(Type.Object({ versionId: Type.Optional(versionId) })),
  status: Type.String({ minLength: 1 }),
  incomingReferral: Type.Optional(objects),
  participant: objects,
});

const healthcareService = resource('HealthcareService', {
  id: Type.String({ pattern: '^\\d{1,12}$' }),
  name: optionalText,
  location: Type.Optional(oneOrMany),
  characteristic: Type.Optional(oneOrMany),
  extension: Type.Optional(objects),
});

const patient = resource('Patient', {
  id: Type.String({ pattern: '^\\d{10}$' }),
  birthDate: optionalText,
  gender: optionalText,
  name: Type.Optional(objects),
  address: Type.Optional(objects),
  telecom: Type.Optional(objects),
});

export const wireSchemas = {
  operationOutcome: resource('OperationOutcome', {
    issue: Type.Array(
      Type.Object({ details: Type.Optional(Type.Object({ coding: Type.Optional(objects) })) }),
    ),
  }),
  professionalSession,
  codeSystem,
  referral,
  appointment,
  communicationRequest,
  communication,
  worklist: resource('List', { entry: Type.Optional(objects), contained: Type.Optional(objects) }),
  // An empty page has a meaning of its own (deferral), so it must be the answer to a search and nothing else.
  slotBundle: bundleOf({ type: Type.Literal('searchset'), total: Type.Integer({ minimum: 0 }) }),
  bundle: bundleOf(),
  parameters: resource('Parameters', { parameter: objects }),
  healthcareService,
  patient,
};
