/** What A006 and A042 have in common: finding a file, and whether its caller may have it (contract.md section 7). */
import { isSpine, refuse, type Call, type Refusal } from '../service-types.ts';
import { makeFile } from '../files/make-file.ts';
import type { Attachment, Referral } from '../world/model.ts';
import { checkPatientForReading, checkRelationship } from './referral-checks.ts';

export interface FoundFile {
  readonly referral: Referral;
  readonly file: Attachment;
}

/** The id of 2021, with which the platform still bears (contract.md section 1). */
const legacyId = (referral: Referral, file: Attachment): string =>
  `att-${Number(referral.ubrn)}-${file.number}`;

/** The file of a Binary's id; undefined for an unknown one. 2021 knows its own ids only. */
export function findFile(call: Call, id: string): FoundFile | undefined {
  for (const referral of call.desk.world.listReferrals()) {
    const file = referral.attachments.find(
      (one) => legacyId(referral, one) === id || (!isSpine(call) && one.uuid === id),
    );
    if (file) return { referral, file };
  }
  return undefined;
}

/** Relationship, patient, and the state of the scan; `relationshipStatus` is 403 in R4 and 422 elsewhere. */
export function checkFile(
  call: Call,
  { referral, file }: FoundFile,
  relationshipStatus: 403 | 422,
): Refusal | null {
  const unrelated = checkRelationship(call, referral);
  if (unrelated) return { ...unrelated, status: relationshipStatus };
  const refusal = checkPatientForReading(call, referral);
  if (refusal) return refusal;
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
