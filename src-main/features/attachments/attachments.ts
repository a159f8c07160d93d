import type { AttachmentFile } from '../../contract/channels/attachments.ts';
import type { Ubrn } from '../../contract/identifiers.ts';
import { toIso } from '../../contract/london-time.ts';
import { fail, ok, type Outcome, type Problem } from '../../contract/outcome.ts';
import { visibleText } from '../../contract/visible-text.ts';
import type { Clock, Files } from '../../app/ports.ts';
import type { ErsClient } from '../../ers/client.ts';
import type { AttachmentRecord, FileReply } from '../../ers/model.ts';
import type { ErsOutcome } from '../../ers/outcome.ts';
import { a007GenerateClinicalInformation } from '../../ers/operations/a007-generate-clinical-information.ts';
import { toOutcome } from '../../ers/problem-of.ts';
import type { OpenReferral } from '../referral/referral.ts';
import type { Desk } from '../session/session.ts';
import { createScanWaits, objectToReading } from './attachment-gate.ts';
import { judgeFile, type JudgedFile } from './judge-file.ts';

/** What a file is asked for by; all but the id is for the audit (contract.md section 12). */
export interface AttachmentInput {
  readonly id: string;
  readonly ubrn: string;
  readonly nhsNumber: string;
  readonly attachmentType: string;
  readonly fileName: string;
}

export interface AttachmentsFeature {
  readonly handlers: {
    readonly 'attachments/read': (input: Place) => Promise<Outcome<AttachmentFile>>;
    readonly 'attachments/read-clinical-information': (input: {
      ubrn: string;
    }) => Promise<Outcome<AttachmentFile>>;
    readonly 'attachments/save': (input: Place) => Promise<Outcome<{ isSaved: boolean }>>;
  };
  readonly forget: () => void;
}

interface Dependencies {
  readonly client: () => ErsClient;
  readonly clock: Clock;
  readonly desk: () => Desk | null;
  readonly opened: (ubrn: string) => OpenReferral | null;
  /** A042 and its redirect, or A006. */
  readonly fetchFile: (file: AttachmentRecord, input: AttachmentInput) => Promise<ErsOutcome<FileReply>>;
  readonly files: Files;
  readonly auditEvent: (ubrn: string, code: string) => void;
}

/** A file by its place among the attachments of an open referral: the page never names an id. */
interface Place {
  readonly ubrn: string;
  readonly index: number;
}

interface Fetched {
  readonly id: string;
  readonly ubrn: string;
  readonly bytes: Uint8Array;
  readonly judged: JudgedFile;
}

type Refusal = { readonly ok: false; readonly problem: Problem };
const NOT_SIGNED_IN = fail('not-signed-in', 'not-signed-in');
const NAMELESS = 'Without a title';

/**
 * Files and clinical information of the open referral (contract.md A006, A007, A042). Each is judged by its own bytes,
 * lives in memory only, one at a time, and is gone when its clerk leaves or the next is read.
 */
export function createAttachments(deps: Dependencies): AttachmentsFeature {
  const waits = createScanWaits();
  let held: Fetched | null = null;

  /** The file that a place means, or why it may not be read now. */
  function find({ ubrn, index }: Place): Refusal | { readonly ok: true; readonly file: AttachmentRecord } {
    const open = deps.opened(ubrn);
    if (open === null) return fail('invalid-input', 'referral-not-open');
    const file = open.referral.attachments[index];
    if (file === undefined) return fail('not-found', 'no-such-attachment');
    const nowMs = deps.clock.nowMs();
    return objectToReading(open) ?? waits.objectTo(file, open.view.readAt, nowMs) ?? { ok: true, file };
  }

  /** Null while the same person is at the desk and the referral is still open. */
  function objectToShowing(desk: Desk, ubrn: string): Refusal | null {
    if (deps.desk()?.sitting !== desk.sitting) return NOT_SIGNED_IN;
    return deps.opened(ubrn) === null ? fail('invalid-input', 'referral-not-open') : null;
  }

  async function fetch(desk: Desk, ubrn: string, file: AttachmentRecord): Promise<Outcome<Fetched>> {
    held = null;
    const nhsNumber = deps.opened(ubrn)?.referral.nhsNumber ?? '';
    const { id, title } = file;
    const input = { id, ubrn, nhsNumber, attachmentType: file.type.code, fileName: title };
    const answer = toFileOutcome(await deps.fetchFile(file, input));
    if (!answer.ok) {
      if (answer.problem.code === 'PENDING') waits.note(id, deps.clock.nowMs());
      return answer;
    }
    const objection = objectToShowing(desk, ubrn);
    if (objection !== null) return objection;
    const { bytes } = answer.value;
    const fetched = { id, ubrn, bytes, judged: judgeFile(bytes) };
    held = fetched;
    return ok(fetched);
  }

  const show = ({ bytes, judged }: Pick<Fetched, 'bytes' | 'judged'>, name: string): AttachmentFile => ({
    name,
    kind: judged.kind,
    mediaType: judged.mediaType,
    bytes: bytes.length,
    content: Buffer.from(judged.content).toString('base64'),
    fetchedAt: toIso(deps.clock.nowMs()),
  });

  async function read(place: Place): Promise<Outcome<AttachmentFile>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    const found = find(place);
    if (!found.ok) return found;
    const fetched = await fetch(desk, place.ubrn, found.file);
    return fetched.ok ? ok(show(fetched.value, visibleText(found.file.title) || NAMELESS)) : fetched;
  }

  async function readClinicalInformation({ ubrn }: { ubrn: string }): Promise<Outcome<AttachmentFile>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    const open = deps.opened(ubrn);
    if (open === null) return fail('invalid-input', 'referral-not-open');
    const objection = objectToReading(open);
    if (objection !== null) return objection;
    held = null;
    const input = { ubrn: ubrn as Ubrn };
    const answer = toOutcome(
      await deps.client().call(a007GenerateClinicalInformation, input, { urgency: 'clerk' }),
    );
    if (!answer.ok) return answer;
    const judged = judgeFile(answer.value.pdf);
    if (judged.kind !== 'pdf') return fail('bad-reply', 'not-a-pdf');
    return (
      objectToShowing(desk, ubrn) ?? ok(show({ bytes: answer.value.pdf, judged }, 'Clinical information'))
    );
  }

  async function save(place: Place): Promise<Outcome<{ isSaved: boolean }>> {
    const desk = deps.desk();
    if (desk === null) return NOT_SIGNED_IN;
    const found = find(place);
    if (!found.ok) return found;
    const isHeld = held?.id === found.file.id && held.ubrn === place.ubrn;
    const fetched = isHeld && held !== null ? ok(held) : await fetch(desk, place.ubrn, found.file);
    if (!fetched.ok) return fetched;
    const { bytes, judged } = fetched.value;
    if (judged.isProgram) return fail('rejected', 'file-is-a-program');
    const suggestedName = `referral-attachment-${place.index + 1}.${judged.extension}`;
    // A dialog may stand open over a desk that was locked meanwhile.
    const isWanted = () => objectToShowing(desk, place.ubrn) === null;
    const saved = await deps.files.saveFile({ suggestedName, what: 'attachment', bytes, isWanted });
    if (saved.ok && saved.value.isSaved) deps.auditEvent(place.ubrn, 'attachment-saved');
    return saved.ok ? (objectToShowing(desk, place.ubrn) ?? saved) : saved;
  }

  return {
    handlers: {
      'attachments/read': read,
      'attachments/read-clinical-information': readClinicalInformation,
      'attachments/save': save,
    },
    forget() {
      held = null;
      waits.forget();
    },
  };
}

/** A file too large for this way to it: e-RS says so of one over 5 MB (A006), the desk of one over its own cap. */
function toFileOutcome(outcome: ErsOutcome<FileReply>): Outcome<FileReply> {
  const isTooLarge =
    (outcome.kind === 'unreadable' && outcome.reason === 'too-large') ||
    (outcome.kind === 'refused' && outcome.code === 'FILE_SIZE_ERROR');
  if (!isTooLarge) return toOutcome(outcome);
  const correlationId = outcome.kind === 'refused' ? outcome.facts.correlationId : outcome.correlationId;
  return fail('rejected', 'file-too-large', {}, correlationId);
}
