import type { ReferralView } from '../../../src-main/contract/channels/referral.ts';
import { countOf } from '../../app/format.ts';

/** What of a referral's papers was opened in this sitting: `clinical`, and files by their place. */
export function seenWords(view: ReferralView, seen: ReadonlySet<string> = new Set()): string {
  const clinical = seen.has('clinical') ? 'Clinical information opened' : 'Clinical information NOT opened';
  const count = view.attachments.length;
  if (count === 0) return `${clinical}; no files`;
  const left = view.attachments.filter((_file, at) => !seen.has(String(at))).length;
  return left === 0
    ? `${clinical}; ${countOf(count, 'file')} opened`
    : `${clinical}; ${left} of ${countOf(count, 'file')} NOT opened`;
}
