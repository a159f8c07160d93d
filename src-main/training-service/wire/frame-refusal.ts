/** How a refusal goes on the wire: an OperationOutcome, plain text, or nothing (contract.md section 4.4). */
import { toIso } from '../../contract/london-time.ts';
import type { Refusal, Reply, Surface } from '../service-types.ts';
import { codeSystem, profile } from './systems.ts';

const R4_SYSTEMS: Readonly<Record<string, string>> = {
  ACCESS_DENIED: 'NHSD-API-ErrorOrWarningCode',
  TOO_MANY_REQUESTS: 'NHSD-API-ErrorOrWarningCode',
};

const ISSUE_CODES: Readonly<Record<string, string>> = {
  PAS_NOT_RESPONDING: 'timeout',
  PAS_RESPONDED_WITH_ERROR: 'exception',
  SYSTEM_UNAVAILABLE: 'transient',
  REC_UNAVAILABLE: 'transient',
  REC_SERVER_ERROR: 'exception',
  NO_ACCESS: 'login',
  ACCESS_DENIED: 'login',
  FORBIDDEN: 'forbidden',
  NOT_AUTHORISED: 'forbidden',
  REC_FORBIDDEN: 'forbidden',
  REC_NOT_FOUND: 'not-found',
  REC_BAD_REQUEST: 'invalid',
  REC_NOT_ACCEPTABLE: 'not-supported',
  REC_UNSUPPORTED_MEDIA_TYPE: 'not-supported',
  TOO_MANY_REQUESTS: 'throttled',
  MISSING_VALUE: 'required',
  MISSING_HEADER: 'required',
  MISSING_PARAMETER: 'required',
  INVALID_VALUE: 'value',
  INVALID_CODE: 'value',
  INVALID_FHIR_STRUCTURE: 'value',
  UNEXPECTED_FIELD: 'value',
};

/** Codes that the live gateway sends without a display, though the schema asks for one (section 16). */
const WITHOUT_DISPLAY: readonly string[] = ['NO_ACCESS'];

/** Operations whose 400 has a body on STU3. */
const WITH_BODY_AT_400: readonly string[] = ['A015', 'A029', 'A025'];
const NO_BODY_STATUSES: readonly number[] = [404, 409, 412, 423, 500];

const titled = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function r4System(code: string): string {
  if (R4_SYSTEMS[code] !== undefined) return `https://fhir.nhs.uk/CodeSystem/${R4_SYSTEMS[code]}`;
  return `https://fhir.nhs.uk/CodeSystem/${code.startsWith('REC_') ? 'http-error-codes' : 'ers-error-codes'}`;
}

/** In whose words a refusal is framed. */
export interface Speech {
  readonly surface: Surface;
  readonly fhir: 'stu3' | 'r4';
  /** Catalogue id, or `unknown`. */
  readonly id: string;
}

function isBodyless(refusal: Refusal, { surface, fhir, id }: Speech): boolean {
  if (refusal.code === '') return true;
  if (surface !== 'api-platform' || fhir === 'r4') return false;
  if (NO_BODY_STATUSES.includes(refusal.status)) return true;
  const hasBodyAt400 = refusal.code === 'MISSING_HEADER' || WITH_BODY_AT_400.includes(id);
  return refusal.status === 400 && !hasBodyAt400;
}

/** The reply that carries a refusal in the dialect that was spoken. */
export function frameRefusal(refusal: Refusal, speech: Speech, nowMs: number): Reply {
  const { status, code, diagnostics, raw } = refusal;
  const { surface } = speech;
  const isR4 = speech.fhir === 'r4';
  if (raw !== null && !isR4) return { status, text: raw.text, contentType: raw.type };
  if (isBodyless(refusal, speech)) return { status };
  const system = isR4 ? r4System(code) : codeSystem('eRS-APIErrorCode-1');
  const coding =
    isR4 || WITHOUT_DISPLAY.includes(code) ? { system, code } : { system, code, display: titled(code) };
  return {
    status,
    contentType: surface === 'training' ? 'application/json' : 'application/fhir+json',
    json: {
      meta: isR4 ? { lastUpdated: toIso(nowMs) } : { profile: [profile('eRS-OperationOutcome-1')] },
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: ISSUE_CODES[code] ?? (isR4 ? 'invalid' : 'business-rule'),
          details: { coding: [coding] },
          ...(diagnostics === '' ? {} : { diagnostics }),
        },
      ],
    },
  };
}
