/**
 * What the organisation has set for this machine: one file in a folder of the system, which no clerk can write. It is
 * found by a fixed path alone: a policy that an option or a variable could point elsewhere would bind nobody.
 */
import { statSync } from 'node:fs';
import { fail, type Outcome } from '../../contract/outcome.ts';
import { readWholeText } from './settings-files.ts';

const PLACES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'C:\\ProgramData\\BookingDesk\\policy.json',
  darwin: '/Library/Application Support/BookingDesk/policy.json',
};

export function policyPathOf(platform: NodeJS.Platform): string {
  return PLACES[platform] ?? '/etc/booking-desk/policy.json';
}

const ROOT = 0;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * The text of the policy, null when there is none. Problems: `file-not-readable`, `file-too-large`, and
 * `policy-not-protected` where somebody other than the system could have written it (on Windows the rights on the
 * folder see to that, which the installer sets).
 */
export function readPolicyText(
  path: string = policyPathOf(process.platform),
  owner: number = ROOT,
): Outcome<string | null> {
  const text = readWholeText(path);
  if (!text.ok || text.value === null || process.platform === 'win32') return text;
  return isProtected(path, owner) ? text : fail('unavailable', 'policy-not-protected');
}

function isProtected(path: string, owner: number): boolean {
  try {
    const { uid, mode } = statSync(path);
    return uid === owner && (mode & WRITABLE_BY_OTHERS) === 0;
  } catch {
    // It was there a moment ago: whatever took it away, it is not what was read.
    return false;
  }
}
