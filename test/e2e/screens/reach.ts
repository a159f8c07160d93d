/** Ways to reach a screen by keyboard, and the scripted problems that every screen must be able to show. */
import { fail, type Outcome, type ProblemKind } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { plainlyBookable } from '../support/truth.ts';

export const CORRELATION = '3f2a9c1e-5b7d-4e8f-a1c2-d3e4f5a6b7c8';
export const problem = (
  kind: ProblemKind,
  code: string,
  facts: Record<string, string | number> = {},
): Outcome<never> => fail(kind, code, facts, CORRELATION);

/** The problem states that every screen which reads from e-RS must have. */
export const PROBLEMS: readonly (readonly [string, Outcome<never>])[] = [
  ['error', problem('unavailable', 'SYSTEM_UNAVAILABLE', { status: 503 })],
  ['offline', problem('offline', 'connection-refused')],
];
/** Those that look alike wherever they are met: one screen shows them for all. */
export const REFUSALS: readonly (readonly [string, Outcome<never>])[] = [
  ['forbidden', problem('forbidden', 'NO_RELATIONSHIP', { status: 422 })],
  ['locked', problem('locked', 'http-423', { status: 423 })],
];

export const PROBLEM_SHOWN = /What to do/;

export async function listRead(desk: ClerkDesk): Promise<void> {
  await desk.shows(/\d+ referrals, read/);
}

export async function openBookable(desk: ClerkDesk): Promise<string> {
  await listRead(desk);
  const ubrn = await desk.selectBefore(plainlyBookable(desk.service));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Born\s+\d\d-/);
  return ubrn;
}

export async function openScene(
  desk: ClerkDesk,
  scene: Parameters<ClerkDesk['service']['world']['findScene']>[0],
): Promise<void> {
  await listRead(desk);
  const ubrns = desk.service.world.findScene(scene);
  await desk.selectBefore((ubrn) => ubrns.includes(ubrn));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Shortlist|What to do/);
}

export async function openSlots(desk: ClerkDesk): Promise<string> {
  const ubrn = await openBookable(desk);
  await desk.press('F7');
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  return ubrn;
}

export async function openReview(desk: ClerkDesk): Promise<string> {
  const ubrn = await openSlots(desk);
  await desk.press('Enter', 'Shift+F7');
  await desk.shows(/Book this slot/);
  return ubrn;
}
