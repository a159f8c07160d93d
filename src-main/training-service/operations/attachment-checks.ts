/** What A006 and A042 have in common: finding a file, and whether its caller may have it (contract.md section 7). */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import { makeFile } from '../files/make-file.ts';
import type { Attachment } from '../world/model.ts';
import { checkAdviceRead, isRelated } from './advice-checks.ts';
import { checkPatientForReading, checkRelationship } from './referral-checks.ts';

export interface FoundFile {
  readonly file: Attachment;
  /** What stands against its caller: no relationship with what it belongs to. */
  readonly unrelated: Refusal | null;
  /** What stands against reading of its patient. */
  readonly patient: Refusal | null;
}

/** The id of 2021, with which the platform still bears (contract.md section 1). */
const legacyId = (ubrn: string, file: Attachment): string => `att-${Number(ubrn)}-${file.number}`;

/** The file of a Binary's id; undefined for an unknown one. 2021 knows its own ids only. */
export function findFile(call: Call, id: string): FoundFile | undefined {
  const { world } = call.desk;
  const among = (ubrn: string, files: readonly Attachment[]): Attachment | undefined =>
    files.find((one) => legacyId(ubrn, one) === id || (!isSpine(call) && one.uuid === id));
  for (const referral of world.listReferrals()) {
    const file = among(referral.ubrn, referral.attachments);
    if (file) {
      const unrelated = checkRelationship(call, referral);
      return { file, unrelated, patient: checkPatientForReading(call, referral) };
    }
  }
  for (const request of world.listAdvice()) {
    const files = [request, ...request.messages].flatMap(({ attachments }) => attachments);
    const file = among(request.ubrn, files);
    const isOurs = isRelated(call, request);
    const unrelated = isOurs ? null : refuse(422, 'NO_RELATIONSHIP', 'No legitimate relationship');
    if (file) return { file, unrelated, patient: isOurs ? checkAdviceRead(call, request) : null };
  }
  return undefined;
}

/** Relationship, patient, and the state of the scan; `relationshipStatus` is 403 in R4 and 422 elsewhere. */
export function checkFile(
  { file, unrelated, patient }: FoundFile,
  relationshipStatus: 403 | 422,
): Refusal | null {
  if (unrelated) return { ...unrelated, status: relationshipStatus };
  if (patient) return patient;
  return file.availability === 'AVAILABLE'
    ? null
    : refuse(422, file.availability, 'The file is not available');
}

/** What the file holds: what was uploaded, or what this world makes up. */
export function contentOf(call: Call, { uuid, contentType, title, bytes }: Attachment): Uint8Array {
  return call.desk.world.findUpload(uuid)?.content ?? makeFile(contentType, title, bytes);
}

/** The headers of a file. A name that is no plain text loses its other letters: headers have no others. */
export function fileHeaders(title: string, content: Uint8Array): Record<string, string> {
  return {
    'Content-Disposition': `attachment; filename="${title.replace(/[^ -~]|"/g, '_')}"`,
    'Content-Length': String(content.byteLength),
  };
}
