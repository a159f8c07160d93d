/** The reads that the writes on a request for advice share: the request against the pin. */
import type { Ubrn } from '../../../contract/identifiers.ts';
import type { AdviceRequest } from '../../../ers/advice-model.ts';
import type { ErsOutcome } from '../../../ers/outcome.ts';
import { a024RetrieveAdviceRequest } from '../../../ers/operations/a024-retrieve-advice-request.ts';
import type { Finding, Truth } from '../protocol/findings.ts';
import type { Intent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionRun } from './action-driver.ts';
import { unreachedOf, unreadTruth } from './outcomes.ts';
import { comparePinned } from './proofs.ts';
import { codeOf, findingOf, OLD_COPY, type Proof } from './read-referral.ts';

/** The request for advice of an intent, as it is now. */
export function readAdviceOf(
  { client, urgency }: Pick<ActionRun<Intent>, 'client' | 'urgency'>,
  ubrn: string,
): Promise<ErsOutcome<AdviceRequest>> {
  return client.call(a024RetrieveAdviceRequest, { ubrn: ubrn as Ubrn }, { urgency });
}

export type ProveAdvice<I extends Intent> = (run: ActionRun<I>, moved: AdviceRequest) => Promise<Proof>;

/** The request where its version is the pin, else what the check found instead. */
export async function checkAdvice<I extends Intent>(
  run: ActionRun<I>,
  prove: ProveAdvice<I>,
): Promise<{ readonly request: AdviceRequest } | { readonly finding: Finding }> {
  const read = await readAdviceOf(run, run.intent.ubrn);
  if (!run.mayGoOn()) return { finding: PERSON_LEFT };
  if (read.kind !== 'success')
    return { finding: unreachedOf(read) ?? { kind: 'refused', code: codeOf(read) } };
  switch (comparePinned(read.value, run.intent)) {
    case 'other-patient':
      return { finding: { kind: 'changed', code: 'changed-before-sending' } };
    case 'old-copy':
      return { finding: OLD_COPY };
    case 'moved':
      return { finding: findingOf(await prove(run, read.value)) };
    case 'unchanged':
      return { request: read.value };
  }
}

/** What became of a write whose pin is the version of a request for advice. */
export async function readBackAdvice<I extends Intent>(
  run: ActionRun<I>,
  prove: ProveAdvice<I>,
): Promise<Truth> {
  const read = await readAdviceOf(run, run.intent.ubrn);
  if (!run.mayGoOn()) return PERSON_LEFT;
  if (read.kind !== 'success') return unreadTruth(read);
  switch (comparePinned(read.value, run.intent)) {
    case 'other-patient':
      return { kind: 'changed-otherwise' };
    case 'old-copy':
      return OLD_COPY;
    case 'moved':
      return prove(run, read.value);
    case 'unchanged':
      return { kind: 'unchanged' };
  }
}
