/** The FHIR Parameters resource: parameters are found by name, their order means nothing. */
import { objectsAt, textAt, type Json } from './json.ts';

export function parameterNamed(parameters: Json | null, name: string): Json | null {
  return parametersNamed(parameters, name)[0] ?? null;
}

/** Every parameter of that name, in the order in which they came. */
export function parametersNamed(parameters: Json | null, name: string): readonly Json[] {
  return objectsAt(parameters, 'parameter').filter((parameter) => textAt(parameter, 'name') === name);
}

/** True when every parameter is one of these: a request with others is not one of ours. */
export function hasOnlyParameters(parameters: Json | null, names: readonly string[]): boolean {
  return objectsAt(parameters, 'parameter').every((parameter) => names.includes(textAt(parameter, 'name')));
}
