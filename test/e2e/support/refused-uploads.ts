/** A file that goes with another action and that e-RS does not take (A020): its row says why, and the action waits. */
import { expect } from 'vitest';
import { a020UploadFile } from '../../../src-main/ers/operations/a020-upload-file.ts';
import { openOutbox } from './at-work.ts';
import { resultSays } from './deeds.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';
import { CODE_FOR_WORDS } from './refusals.ts';

export const UPLOAD_CODES: readonly string[] = Object.keys(a020UploadFile.refusals ?? {});

const WORDS: Readonly<Record<string, RegExp>> = {
  FILE_SIZE_ERROR: /empty or larger than 5 MB/,
  CONFLICTING_VALUES: /not what its name says/,
  INAPPROPRIATE_VALUE: /does not take such a file/,
  INVALID_VALUE: /the name or the type of the file/,
  MISSING_VALUE: /a fault of the desk/,
  REFERENCE_NOT_FOUND: /does not know the referral of this file/,
  NO_RELATIONSHIP: /no recorded relationship/,
  PATIENT_ERROR: /do not attempt again/,
};
const WHAT_TO_DO = /What to do\s+.*(F\d+|Alt\+|Do not try again)/;

/** What the outbox says of the file of that name. */
async function fileSays(desk: ClerkDesk, name: string): Promise<string> {
  await openOutbox(desk);
  // What is open stands above what was finished last.
  await desk.press('Home');
  const detail = desk.page.locator('.item-detail', { hasText: name });
  for (let step = 0; step < 30 && (await detail.count()) === 0; step += 1) await desk.press('ArrowDown');
  const shown = (await detail.innerText()).replaceAll('\u00a0', ' ');
  await desk.press('F12');
  return shown;
}

/** `act` reviews the action with a file of that name and commits it; `not` heads what is not done. */
export async function meetRefusedUploads(
  desk: ClerkDesk,
  { codes, not, act }: { codes: readonly string[]; not: string; act: (name: string) => Promise<void> },
): Promise<void> {
  const { calls, faults } = desk.service;
  for (const code of codes) {
    const sentBefore = calls.count('A020');
    const name = `${code.toLowerCase()}.txt`;
    faults.add({ on: { id: 'A020' }, do: { kind: 'status', status: 422, code } });
    await act(name);
    const told = await resultSays(desk, new RegExp(`${not}: it needs you`));
    expect(told, code).toMatch(/names a file that e-RS does not have[\s\S]*F12/);
    const shown = await fileSays(desk, name);
    expect.soft(shown, code).toMatch(WORDS[code] ?? /What to do/);
    expect.soft(shown, code).toMatch(WHAT_TO_DO);
    expect.soft(shown.replace(/Correlation id.*/s, ''), code).not.toMatch(CODE_FOR_WORDS);
    expect(calls.count('A020') - sentBefore, code).toBe(1);
  }
}
