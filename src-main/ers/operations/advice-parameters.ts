/** What the writes of advice and guidance share: codings of parameters, and the answer with request and message. */
import type { AdviceSent } from '../advice-model.ts';
import { readAdviceRequest, readMessage } from '../fhir/advice.ts';
import { readCoding } from '../fhir/codings.ts';
import { asObject, objectAt, textAt, type Json } from '../fhir/json.ts';
import { hasOnlyParameters, parameterNamed } from '../fhir/parameters.ts';
import { fitsSchema, readAs } from '../fhir/shape.ts';
import { fixedCodeSystem } from '../fhir/systems.ts';

/** A parameter that is one code of a fixed code system. */
export const codingParameter = (name: string, system: string, code: string): unknown => ({
  name,
  valueCoding: { system: fixedCodeSystem(system), code },
});

/** The code of that parameter; null without one, undefined when it is of another system. */
export function codeParameter(
  parameters: Json | null,
  name: string,
  system: string,
): string | null | undefined {
  const parameter = parameterNamed(parameters, name);
  if (parameter === null) return null;
  const coding = readCoding(objectAt(parameter, 'valueCoding'));
  return coding?.system === fixedCodeSystem(system) ? coding.code : undefined;
}

/** The text of that parameter; '' when there is none. */
export const textParameter = (parameters: Json | null, name: string): string =>
  textAt(parameterNamed(parameters, name), 'valueString');

/** A body of Parameters with these names and no others; null for anything else. */
export function parametersOf(body: unknown, names: readonly string[]): Json | null {
  const parameters = asObject(body);
  const isOurs = textAt(parameters, 'resourceType') === 'Parameters' && hasOnlyParameters(parameters, names);
  return isOurs ? parameters : null;
}

/** The answer of A026 and A044, whose request carries the one name or the other. */
export const readSent = readAs('parameters', (json): AdviceSent | null => {
  const stated =
    resourceNamed(json, 'updatedCommunicationRequest') ?? resourceNamed(json, 'createdCommunicationRequest');
  const created = resourceNamed(json, 'createdCommunication');
  const request = fitsSchema('communicationRequest', stated) ? readAdviceRequest(stated) : null;
  const message = fitsSchema('communication', created) ? readMessage(created) : null;
  return request === null || message === null ? null : { request, message };
});

const resourceNamed = (parameters: Json, name: string): Json | null =>
  objectAt(parameterNamed(parameters, name), 'resource');
