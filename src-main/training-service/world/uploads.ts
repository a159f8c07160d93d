/** Files that were uploaded (A020) and wait to be linked to a referral. */
import { randomUUID } from 'node:crypto';

export interface Upload {
  /** The number in `DocumentReference-n`, and in the id of 2021. */
  readonly number: string;
  readonly uuid: string;
  /** The referral named at the upload; null for a file of a request not yet created. */
  readonly ubrn: string | null;
  readonly title: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Null for a file that only its size is known of: what it holds is made up when it is asked for. */
  readonly content: Uint8Array | null;
  isLinked: boolean;
}

export interface Uploads {
  /** Keeps a file as A020 does; its `uuid` is the id of the Binary. */
  upload(
    file: Pick<Upload, 'ubrn' | 'title'> & Partial<Pick<Upload, 'contentType' | 'bytes' | 'content'>>,
  ): Upload;
  /** By the platform's id or by that of 2021, `att-{referral}-{attachment}`. */
  findUpload(binaryId: string): Upload | undefined;
}

/** Gives uploads, none at first. */
export function createUploads(nextNumber: () => string): Uploads {
  const uploads: Upload[] = [];
  const legacyId = ({ ubrn, number }: Upload): string => `att-${Number(ubrn)}-${number}`;
  return {
    upload({ ubrn, title, contentType = 'application/pdf', content = null, bytes = 24_000 }) {
      const [number, uuid] = [nextNumber(), randomUUID()];
      const size = content?.byteLength ?? bytes;
      const upload: Upload = {
        ...{ number, uuid, ubrn, title, contentType, content },
        bytes: size,
        isLinked: false,
      };
      uploads.push(upload);
      return upload;
    },
    findUpload: (id) => uploads.find((upload) => upload.uuid === id || legacyId(upload) === id),
  };
}
