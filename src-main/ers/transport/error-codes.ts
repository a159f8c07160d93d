/** The codes of an OperationOutcome, STU3 or R4 (contract.md section 4.4). */
import { asObject, objectAt, objectsAt, textAt } from '../fhir/json.ts';
import { parseJson } from './parse-body.ts';

/** What a code looks like; anything else would be free text in logs and audit. */
const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/;

/**
 * Every code of the body, in order and once; none for an empty body, plain text, a gateway's own fault or a page
 * (contract.md section 4.4, "Bodies may be missing"). Diagnostics are never read: they may name a patient.
 */
export function readErrorCodes(
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): readonly string[] {
  const parsed = body.length === 0 ? null : parseJson(headers, body);
  const outcome = parsed?.ok === true ? asObject(parsed.json) : null;
  if (textAt(outcome, 'resourceType') !== 'OperationOutcome') return [];
  const codes = objectsAt(outcome, 'issue')
    .flatMap((issue) => objectsAt(objectAt(issue, 'details'), 'coding'))
    .map((coding) => textAt(coding, 'code'))
    .filter((code) => CODE.test(code));
  return [...new Set(codes)];
}
