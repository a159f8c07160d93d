/** May a file of a referral be asked for now? Decided from what the referral said, so that e-RS is not asked in vain. */
import { parseInstant } from '../../contract/london-time.ts';
import { fail, type Problem } from '../../contract/outcome.ts';
import type { AttachmentRecord } from '../../ers/model.ts';
import type { OpenReferral } from '../referral/referral.ts';

type Refusal = { readonly ok: false; readonly problem: Problem };

/** A file that is being scanned is not asked for again sooner (contract.md section 7, A006). */
export const SCAN_WAIT_MS = 5 * 60_000;

/** The states of a file that can never be read (contract.md section 4.2, AvailabilityStatus; FILE_SIZE_ERROR). */
const BLOCKED = ['THREATS_FOUND', 'VALIDATION_FAILED', 'FILE_SIZE_ERROR'];

/** Null when files of this referral may be read; a restricted record stays shut (hazard 15). */
export function objectToReading({ view, patient }: OpenReferral): Refusal | null {
  const isRestricted = patient?.isSensitive === true || view.patientProblem === 'restricted';
  return isRestricted ? fail('rejected', 'patient-sensitive') : null;
}

/** Which files e-RS said are still being scanned, and since when. */
export interface ScanWaits {
  /** e-RS answered PENDING for this file just now. */
  readonly note: (attachmentId: string, nowMs: number) => void;
  /** Null when the file may be asked for; else why not, with the milliseconds to wait for a scan. */
  readonly objectTo: (file: AttachmentRecord, readAt: string, nowMs: number) => Refusal | null;
  readonly forget: () => void;
}

export function createScanWaits(): ScanWaits {
  const pending = new Map<string, number>();

  /** When the file was last known to be in the scan; null when it is not. */
  function pendingSince({ id, availability }: AttachmentRecord, readAt: string): number | null {
    const readMs = parseInstant(readAt) ?? 0;
    const answeredMs = pending.get(id) ?? 0;
    if (availability.code === 'PENDING') return Math.max(readMs, answeredMs);
    // A referral that was read after the answer, and says that the file is there, is the newer word.
    return answeredMs > readMs ? answeredMs : null;
  }

  return {
    note: (attachmentId, nowMs) => void pending.set(attachmentId, nowMs),
    objectTo(file, readAt, nowMs) {
      const { code } = file.availability;
      if (BLOCKED.includes(code)) return fail('rejected', code);
      const since = pendingSince(file, readAt);
      const waitMs = since === null ? 0 : Math.ceil(since + SCAN_WAIT_MS - nowMs);
      return waitMs > 0 ? fail('rejected', 'PENDING', { waitMs }) : null;
    },
    forget: () => pending.clear(),
  };
}
