import { fail, type Outcome } from '../../contract/outcome.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a041SearchServiceRequest } from '../../ers/operations/a041-search-service-request.ts';

type Refusal = Extract<Outcome<never>, { ok: false }>;

/**
 * Why a UBRN cannot be opened as a referral. A005 says only that it is none (contract.md A005, INVALID_REQUEST_TYPE); where
 * A041 says that it is a request for advice, so does the desk (`is-advice-request`): the caller has read it out rightly.
 */
export async function sayWhatUbrnIs(client: ErsClient, ubrn: Ubrn, refusal: Refusal): Promise<Refusal> {
  if (refusal.problem.code !== 'INVALID_REQUEST_TYPE') return refusal;
  const asked = await client.call(a041SearchServiceRequest, { ubrn }, { urgency: 'clerk' });
  // Without an answer, and in 2021, which has no A041, the refusal stands as e-RS gave it.
  if (asked.kind !== 'success') return refusal;
  return asked.value.some(({ kind }) => kind === 'advice') ? fail('rejected', 'is-advice-request') : refusal;
}
