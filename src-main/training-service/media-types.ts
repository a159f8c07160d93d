/** Media types: 415 for a body of another type, 406 for an answer that the caller will not take (section 2.1). */
import { refuse, type Operation, type Refusal, type Surface } from './service-types.ts';

const PRODUCED: Readonly<Record<Operation['produces'], string>> = {
  'fhir+json': 'application/fhir+json',
  // DSTU2 (contract.md section 8).
  'json+fhir': 'application/json+fhir',
  json: 'application/json',
  pdf: 'application/pdf',
  // Of many types: none of them can be refused beforehand.
  file: '*/*',
  nothing: '*/*',
};

/** The content type of an operation's success. */
export const producedType = (operation: Operation): string => PRODUCED[operation.produces];

/** A media type without its parameters, in lower case. */
export const nameOf = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';

function isAcceptable(accept: string | null, produced: string, surface: Surface): boolean {
  if (accept === null || produced === '*/*') return true;
  const wanted = accept.split(',').map(nameOf);
  const isJson = produced.includes('json');
  return wanted.some(
    (type) =>
      type === '*/*' ||
      type === produced ||
      type === 'application/*' ||
      // 2021 and PDS take plain JSON for FHIR as well (contract.md section 2.3).
      (isJson && surface !== 'api-platform' && type === 'application/json'),
  );
}

/** 415, in plain text. */
export const refuseMediaType = (): Refusal => ({
  ...refuse(415, 'REC_UNSUPPORTED_MEDIA_TYPE'),
  raw: { type: 'text/plain', text: 'Unsupported Media Type' },
});

/** The refusal of a media type, or null. */
export function checkMediaTypes(
  operation: Operation,
  surface: Surface,
  headers: Headers,
  hasBody: boolean,
): Refusal | null {
  if (
    operation.consumes !== null &&
    operation.consumes !== 'file' &&
    hasBody &&
    nameOf(headers.get('content-type') ?? '') !== operation.consumes
  ) {
    return refuseMediaType();
  }
  if (!isAcceptable(headers.get('accept'), producedType(operation), surface)) {
    return { ...refuse(406, 'REC_NOT_ACCEPTABLE'), raw: { type: 'text/plain', text: 'Not Acceptable' } };
  }
  return null;
}
