import { apiPlatform, bearerHeader } from './api-platform.ts';
import type { Dialect } from './dialect.ts';

/**
 * The Personal Demographics Service: the same token in either dialect, no role headers (design.md, Patient details).
 * A spine session's key is never sent to it.
 */
export const patientDirectory: Dialect = {
  ...apiPlatform,
  frame(_operation, _request, identity, correlationId) {
    if (identity === null) return { ok: false, reason: 'not-signed-in' };
    return {
      ok: true,
      headers: {
        ...(identity.dialect === 'api-platform' ? bearerHeader(identity) : {}),
        Accept: 'application/fhir+json',
        'X-Request-ID': correlationId,
        'X-Correlation-ID': correlationId,
      },
    };
  },
};
