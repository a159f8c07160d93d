import { toIso } from '../../../contract/london-time.ts';
import type { ProviderAttachment } from '../../../ers/operations/a022-cancel-appointment-action-later.ts';
import type { NamedUpload } from '../uploads-of.ts';
import type { ActionRun } from './action-driver.ts';
import type { Intent } from '../record-schemas.ts';

/**
 * The documents that the uploads ahead of a write brought; null where one of them did not end well, was taken back, or is
 * so old that its row is gone: e-RS has deleted such a file by then, too (contract.md A020).
 */
export function uploadedFiles(
  { outcomeOf, clock }: Pick<ActionRun<Intent>, 'outcomeOf' | 'clock'>,
  uploads: readonly NamedUpload[],
): ProviderAttachment[] | null {
  const indexed = toIso(clock.nowMs());
  const files: ProviderAttachment[] = [];
  for (const { intentId, description } of uploads) {
    const upload = outcomeOf(intentId);
    if (upload?.state !== 'APPLIED' || upload.result === null) return null;
    files.push({ binaryId: upload.result, description, indexed });
  }
  return files;
}
