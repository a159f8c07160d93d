import type { OutboxAction } from '../../contract/channels/outbox.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import type { ErsClient } from '../../ers/client.ts';
import { a005RetrieveReferral } from '../../ers/operations/a005-retrieve-referral.ts';
import { a024RetrieveAdviceRequest } from '../../ers/operations/a024-retrieve-advice-request.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import { seenOf, seenOfAdvice, type SeenNow } from './compare-view.ts';
import type { StoredIntent } from './intent-store.ts';
import { newUbrnOf } from './new-ubrn.ts';

/** e-RS has not given it a UBRN, or nobody knows of one. */
export const NO_NUMBER_YET = 'no-number-yet';

const OF_ADVICE: readonly OutboxAction[] = ['send-advice', 'convert-advice', 'request-advice'];

/** What e-RS says now of that which an intent is about; of what has no number yet it can say nothing. */
export async function readNow(
  client: ErsClient,
  { intent, result }: StoredIntent,
): Promise<Outcome<SeenNow>> {
  const ubrn = (intent.ubrn || newUbrnOf(intent, result)) as Ubrn | null;
  if (ubrn === null) return fail('not-found', NO_NUMBER_YET);
  const isOfAdvice =
    OF_ADVICE.includes(intent.action) || (intent.action === 'upload-file' && intent.of === 'advice');
  if (isOfAdvice) {
    const read = toOutcome(await client.call(a024RetrieveAdviceRequest, { ubrn }, { urgency: 'clerk' }));
    return read.ok ? ok({ seen: seenOfAdvice(read.value, ''), version: read.value.version }) : read;
  }
  const read = toOutcome(await client.call(a005RetrieveReferral, { ubrn }, { urgency: 'clerk' }));
  return read.ok ? ok({ seen: seenOf(read.value, ''), version: read.value.version }) : read;
}
