import type { ErsIdentity } from '../client.ts';
import { mediaHeaders, type Dialect, type FramedOperation } from './dialect.ts';

type PlatformIdentity = ErsIdentity & { readonly dialect: 'api-platform' };

const FHIR = 'application/fhir+json';
/** Errors of PDF calls come as FHIR, so both types are accepted (contract.md section 2.1). */
const PDF_OR_FHIR = `application/pdf, ${FHIR};q=0.9`;

/** Today's API: bearer token of NHS CIS2, the role in two headers of every call (contract.md sections 1 and 2.1). */
export const apiPlatform: Dialect = {
  name: 'api-platform',
  transactionHeader: 'x-request-id',
  probePath: '/R4/PractitionerRole',
  frame(operation, request, identity, correlationId) {
    if (identity === null) return { ok: false, reason: 'not-signed-in' };
    if (identity.dialect !== 'api-platform') return { ok: false, reason: 'wrong-dialect' };
    const role = operation.roles === 'any' ? {} : roleHeaders(identity);
    if (role === null) return { ok: false, reason: 'no-role-chosen' };
    if (operation.roles !== 'any' && operation.id !== LISTS_CLINICIANS && lacksClinician(identity))
      return { ok: false, reason: 'no-clinician-chosen' };
    return {
      ok: true,
      headers: {
        ...bearerHeader(identity),
        ...role,
        'X-Correlation-ID': correlationId,
        ...mediaHeaders(request, acceptOf(operation.replyType), FHIR),
        ...request.headers,
      },
    };
  },
  isUnauthorised: (_operation, status) => status === 401,
};

function acceptOf(replyType: FramedOperation['replyType']): string {
  if (replyType === 'file') return '*/*';
  return replyType === 'pdf' ? PDF_OR_FHIR : FHIR;
}

/** The sandbox takes no token: an empty one is not sent. */
export function bearerHeader({ bearer }: PlatformIdentity): Record<string, string> {
  return bearer === '' ? {} : { Authorization: `Bearer ${bearer}` };
}

/** Asks for whom an admin may act: the one call that such an admin makes before a clinician is chosen. */
const LISTS_CLINICIANS = 'A040';
const CLINICIANS_ADMIN = 'SERVICE_PROVIDER_CLINICIAN_ADMIN';

const lacksClinician = ({ businessFunction, onBehalfOf }: PlatformIdentity): boolean =>
  businessFunction === CLINICIANS_ADMIN && onBehalfOf === null;

/** The on-behalf-of header is mandatory for SPCA and forbidden for everyone else (contract.md section 2.1). */
function roleHeaders(identity: PlatformIdentity): Record<string, string> | null {
  const { businessFunction, organisation, onBehalfOf } = identity;
  if (businessFunction === null || organisation === '') return null;
  const isOnBehalf = businessFunction === CLINICIANS_ADMIN && onBehalfOf !== null;
  return {
    'NHSD-End-User-Organisation-ODS': organisation,
    'NHSD-eRS-Business-Function': businessFunction,
    ...(isOnBehalf ? { 'NHSD-eRS-On-Behalf-Of-User-ID': onBehalfOf } : {}),
  };
}
