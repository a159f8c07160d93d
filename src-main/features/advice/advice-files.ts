/** Files of a conversation, and the overview as one PDF; each is judged by its own bytes (attack S22). */
import type { AttachmentFile } from '../../contract/channels/attachments.ts';
import type { RequestInput } from '../../contract/channels.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { visibleText } from '../../contract/visible-text.ts';
import type { AttachmentRecord } from '../../ers/model.ts';
import { a043GenerateAdviceOverview } from '../../ers/operations/a043-generate-advice-overview.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { JudgedFile } from '../attachments/judge-file.ts';
import type { AdviceDesk } from './advice-desk.ts';
import type { AdviceReading, OpenAdvice } from './advice-reading.ts';

const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');
const BLOCKED = ['PENDING', 'THREATS_FOUND', 'VALIDATION_FAILED', 'FILE_SIZE_ERROR'];

export interface AdviceFiles {
  readonly readOverview: (input: { readonly ubrn: string }) => Promise<Outcome<AttachmentFile>>;
  readonly readFile: (input: RequestInput<'advice/read-file'>) => Promise<Outcome<AttachmentFile>>;
}

export function createAdviceFiles(deps: AdviceDesk, reading: Pick<AdviceReading, 'opened'>): AdviceFiles {
  /** Runs a read for the open request; its answer is given to the same person only, and while it is open. */
  async function withOpen(
    ubrn: string,
    work: (open: OpenAdvice) => Promise<Outcome<AttachmentFile>>,
  ): Promise<Outcome<AttachmentFile>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    const open = reading.opened(ubrn);
    if (open === null) return fail('invalid-input', 'advice-not-open');
    if (open.patient?.isSensitive === true || open.view.patientProblem === 'restricted')
      return fail('rejected', 'patient-sensitive');
    const answer = await work(open);
    if (deps.desk()?.sitting !== desk.sitting) return NOT_SIGNED_IN;
    return reading.opened(ubrn) === null ? fail('invalid-input', 'advice-not-open') : answer;
  }

  const show = (name: string, bytes: Uint8Array, judged: JudgedFile): AttachmentFile => ({
    name,
    kind: judged.kind,
    mediaType: judged.mediaType,
    bytes: bytes.length,
    content: Buffer.from(judged.content).toString('base64'),
    fetchedAt: toIso(deps.clock.nowMs()),
  });

  return {
    readOverview: ({ ubrn }) =>
      withOpen(ubrn, async ({ view }) => {
        if (view.canReadOverview !== null) return fail('rejected', view.canReadOverview);
        const input = { ubrn: ubrn as Ubrn };
        const asked = await deps.client().call(a043GenerateAdviceOverview, input, { urgency: 'clerk' });
        const answer = toOutcome(asked);
        if (!answer.ok) return answer;
        const judged = deps.tools.judgeFile(answer.value.pdf);
        if (judged.kind !== 'pdf') return fail('bad-reply', 'not-a-pdf');
        return ok(show('Advice and guidance overview', answer.value.pdf, judged));
      }),
    readFile: ({ ubrn, messageId, index }) =>
      withOpen(ubrn, async (open) => {
        const file = fileAt(open, messageId, index);
        if (file === undefined) return fail('not-found', 'no-such-attachment');
        if (BLOCKED.includes(file.availability.code)) return fail('rejected', file.availability.code);
        const about = { id: file.id, ubrn, nhsNumber: open.request.nhsNumber };
        const more = { attachmentType: file.type.code, fileName: file.title };
        const answer = toOutcome(await deps.fetchFile(file, { ...about, ...more }));
        if (!answer.ok) return answer;
        const { bytes } = answer.value;
        return ok(show(visibleText(file.title) || 'Without a title', bytes, deps.tools.judgeFile(bytes)));
      }),
  };
}

/** By its place: the page never names an id. */
function fileAt(
  { request, conversation }: OpenAdvice,
  messageId: string,
  index: number,
): AttachmentRecord | undefined {
  if (messageId === '') return request.attachments[index];
  return conversation.messages.find(({ id }) => id === messageId)?.attachments[index];
}
