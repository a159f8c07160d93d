/**
 * Uploading a file for a later write of its referral (A020). There is no pin: nothing makes a second send harmless, so
 * an unknown outcome is never sent again without the clerk (safety.md, "Proof and pin of every write").
 *
 * What can be read back: A005 lists the files that are linked to a referral, and a file that was just uploaded is not
 * yet; A006 and A042 answer PENDING while it is scanned (contract.md A005, section 7). So the 201 with the document's id
 * is the proof, and that id is durable before anything uses it. Where the reply was lost, a file of that name and size
 * in A005 is ours; one that is not there proves nothing.
 */
import type { Ubrn } from '../../../contract/identifiers.ts';
import { idOfReference } from '../../../ers/fhir/references.ts';
import type { Referral } from '../../../ers/model.ts';
import type { ErsOutcome } from '../../../ers/outcome.ts';
import { a020UploadFile } from '../../../ers/operations/a020-upload-file.ts';
import { classifyAnswer, type Answer } from '../protocol/answer.ts';
import type { Finding, Truth } from '../protocol/findings.ts';
import type { UploadFileIntent } from '../record-schemas.ts';
import { PERSON_LEFT, type ActionDriver, type ActionRun } from './action-driver.ts';
import { unreachedOf, unreadTruth } from './outcomes.ts';
import { comparePinned } from './proofs.ts';
import { readAdviceOf } from './read-advice.ts';
import { codeOf, OLD_COPY, readReferralOf } from './read-referral.ts';

type Run = ActionRun<UploadFileIntent>;

export const uploadFile: ActionDriver<UploadFileIntent> = {
  async check(run): Promise<Finding> {
    const kept = keptId(run);
    if (kept !== null) return { kind: 'own-effect', result: kept };
    const read = await readSubject(run);
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (read.kind !== 'success') return unreachedOf(read) ?? { kind: 'refused', code: codeOf(read) };
    const news = read.value === null ? 'unchanged' : comparePinned(read.value, run.intent);
    if (news === 'other-patient') return { kind: 'changed', code: 'changed-before-sending' };
    if (news === 'old-copy') return OLD_COPY;
    const found = findFile(run, read.value);
    if (found !== null) return { kind: 'own-effect', result: found };
    return run.fileOf(run.intent.intentId) === null
      ? { kind: 'changed', code: 'file-not-readable' }
      : { kind: 'clear' };
  },
  async send(run, correlationId): Promise<Answer> {
    const { intentId, ubrn, name, mediaType } = run.intent;
    const content = run.fileOf(intentId);
    // The check opened it a moment ago; without it nothing was framed, so nothing went out.
    if (content === null) return { kind: 'not-sent' };
    const input = {
      ubrn: ubrn === '' ? null : (ubrn as Ubrn),
      name,
      mediaType,
      content: Buffer.from(content, 'base64'),
    };
    const options = { correlationId, urgency: run.urgency };
    const reply = await run.client.call(a020UploadFile, input, options);
    const answer = classifyAnswer(reply, ({ documentId }) => documentId !== '');
    return answer.kind === 'accepted' && reply.kind === 'success'
      ? { kind: 'accepted', result: reply.value.documentId }
      : answer;
  },
  async readBack(run): Promise<Truth> {
    const kept = keptId(run);
    if (kept !== null) return { kind: 'ours', result: kept };
    const read = await readSubject(run);
    if (!run.mayGoOn()) return PERSON_LEFT;
    if (read.kind !== 'success') return unreadTruth(read);
    const news = read.value === null ? 'unchanged' : comparePinned(read.value, run.intent);
    if (news === 'other-patient') return { kind: 'changed-otherwise' };
    if (news === 'old-copy') return OLD_COPY;
    const found = findFile(run, read.value);
    return found === null ? { kind: 'unchanged' } : { kind: 'ours', result: found };
  },
};

/** The document's id that a 201 gave, written down with the step that took note of it. */
const keptId = (run: Run) => run.outcomeOf(run.intent.intentId)?.result ?? null;

type Subject = Pick<Referral, 'ubrn' | 'nhsNumber' | 'version' | 'attachments'>;

/** What the file is for, as e-RS has it now; null for a request that it does not know yet: there nothing can be read. */
async function readSubject(run: Run): Promise<ErsOutcome<Subject | null>> {
  switch (run.intent.of) {
    case 'new-request':
      return NOTHING_YET;
    case 'advice':
      return readAdviceOf(run, run.intent.ubrn);
    default:
      return readReferralOf(run);
  }
}

const NOTHING_YET: ErsOutcome<null> = {
  kind: 'success',
  value: null,
  facts: {
    status: 200,
    correlationId: '',
    transactionId: '',
    etagVersion: null,
    durationMs: 0,
    receivedAtMs: 0,
  },
};

/** The document's id of the file in the referral that has our name, and our size where e-RS tells one. */
function findFile(run: Run, subject: Subject | null): string | null {
  const found = subject?.attachments.find(
    ({ title, bytes }) => title === run.intent.name && (bytes === null || bytes === sizeOf(run)),
  );
  const documentId = found === undefined ? '' : idOfReference(found.url, 'Binary');
  return documentId === '' ? null : documentId;
}

const sizeOf = ({ intent, fileOf }: Run) => Buffer.byteLength(fileOf(intent.intentId) ?? '', 'base64');
