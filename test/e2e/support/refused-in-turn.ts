/** One write met by everything that can come of it, for whichever action: each is told in words, and none is called done. */
import { expect } from 'vitest';
import type { FaultEffect } from '../../../src-main/training-service/faults.ts';
import { eventually, HORIZON_MS, lookAndConfirm, openOutbox, rowSays } from './at-work.ts';
import { act, resultSays, review, subjectOf, type Deed } from './deeds.ts';
import type { ClerkDesk } from './open-clerk-desk.ts';
import { CODE_FOR_WORDS, COMMON_WORDS, nameOf, refusalsOf, WHAT_NEXT, type Refusal } from './refusals.ts';

/** Past the first of the planned read-backs. */
const FIRST_READ_BACK_MS = 11_000;
/** Past the first try again after a lock. */
const FIRST_TRY_AGAIN_MS = 6_000;

type Words = Readonly<Record<string, RegExp>>;

export const callsOf = ({ service }: ClerkDesk, deed: Deed, ubrn: string): number =>
  service.calls.count(deed.operation.id, subjectOf(deed).calls(ubrn));

const strike = ({ service }: ClerkDesk, { operation }: Deed, effect: FaultEffect) =>
  service.faults.add({ on: { id: operation.id }, do: effect });

const versionOf = (desk: ClerkDesk, deed: Deed, ubrn: string) => subjectOf(deed).version(desk, ubrn);

const answerWith = ({ code, status }: Refusal): FaultEffect =>
  code === '' ? { kind: 'status', status, body: null } : { kind: 'status', status, code };

/** The headings of what ended and is not done; what the answer left open says NOT CONFIRMED. */
const ended = (deed: Deed) =>
  new RegExp(
    `${deed.not}: (refused|there are free slots now)|(${deed.not}|NOT CONFIRMED): (it needs you|the (referral|request) has changed)`,
  );

/** Nobody knows yet, and the next look is planned; while it is being read back no more than that is said. */
const OPEN = /NOT CONFIRMED: (?!it needs you|the (?:referral|request) has changed)[\s\S]*checks again at/;

/** Lets what nobody knows yet come to its end: the horizon passes, and what goes out once more is refused. */
async function settle(desk: ClerkDesk, deed: Deed, words: string): Promise<string> {
  // Nothing moved, yet e-RS called it stale, or knows the name of its file: before the horizon is over no other action
  // takes its place.
  if (/refused it as out of date|have the same name/.test(words)) desk.clock.pass(HORIZON_MS);
  if (!OPEN.test(words)) return words;
  const giveUp = strike(desk, deed, { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' });
  desk.clock.pass(HORIZON_MS);
  const settled = await resultSays(desk, ended(deed));
  giveUp();
  return settled;
}

/** e-RS answers every code in turn: each is told with what it means and what to press, sent once, and changes nothing. */
export async function meetRefusals(desk: ClerkDesk, deed: Deed, ubrn: string, own: Words): Promise<void> {
  const expected: Words = { ...COMMON_WORDS, ...own };
  const before = versionOf(desk, deed, ubrn);
  for (const refusal of refusalsOf(deed, own)) {
    const name = nameOf(refusal);
    const sentBefore = callsOf(desk, deed, ubrn);
    strike(desk, deed, answerWith(refusal));
    await act(desk, deed, ubrn);
    const words = await resultSays(
      desk,
      new RegExp([ended(deed), OPEN, deed.done].map(({ source }) => source).join('|')),
    );
    expect.soft(words, name).not.toMatch(deed.done);
    expect.soft(words, name).toMatch(expected[name] ?? WHAT_NEXT);
    expect.soft(words, name).toMatch(WHAT_NEXT);
    expect.soft(words.replace(/Correlation id.*/s, ''), name).not.toMatch(CODE_FOR_WORDS);
    expect.soft(callsOf(desk, deed, ubrn) - sentBefore, name).toBe(1);
    const settled = await settle(desk, deed, words);
    expect(settled, name).not.toMatch(deed.done);
    expect(versionOf(desk, deed, ubrn), name).toBe(before);
  }
}

/** A second clerk changes the referral at the very moment: e-RS calls ours stale, and it is not sent again. */
export async function meetStaleVersion(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  const sentBefore = callsOf(desk, deed, ubrn);
  strike(desk, deed, { kind: 'version-bump' });
  await act(desk, deed, ubrn);
  const words = await resultSays(desk, /the (referral|request) has changed/);
  expect(words).toMatch(/not as you reviewed it|the referral may have changed/);
  expect(words).not.toMatch(deed.done);
  expect(callsOf(desk, deed, ubrn) - sentBefore).toBe(1);
  desk.clock.pass(HORIZON_MS);
}

/**
 * Somebody works on it: the desk says so, tries again by itself, and it is done; what is never sent from the queue
 * needs one more word.
 */
export async function meetLock(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  const { operation } = deed;
  const { calls, faults } = desk.service;
  const sentBefore = callsOf(desk, deed, ubrn);
  const locked = { kind: 'status', status: 423, body: null } as const;
  const unlock = faults.add({ on: { id: operation.id, times: Infinity }, do: locked });
  await act(desk, deed, ubrn);
  const words = await resultSays(desk, new RegExp(`${deed.not} yet: waiting|it needs your word again`));
  expect(words).toMatch(
    deed.isSentAtOnce === true ? /NOT C/ : /Someone else is working on this referral in e-RS/,
  );
  unlock();
  desk.clock.pass(FIRST_TRY_AGAIN_MS);
  if (deed.isSentAtOnce === true) {
    await resultSays(desk, /it needs your word again/);
    expect(calls.count(operation.id, { ...subjectOf(deed).calls(ubrn), status: 423 })).toBe(1);
    await openOutbox(desk);
    await lookAndConfirm(desk);
    await rowSays(desk, ubrn, /Done/);
    await desk.press('F12');
  }
  await resultSays(desk, deed.done);
  // As often as it was turned away, and once more.
  const turnedAway = calls.count(operation.id, { ...subjectOf(deed).calls(ubrn), status: 423 });
  expect(turnedAway).toBeGreaterThan(0);
  expect(callsOf(desk, deed, ubrn) - sentBefore).toBe(turnedAway + 1);
}

/** Another clerk was there between the review and the Ctrl+Enter: nothing is sent for what was not seen. */
export async function meetSecondClerk(
  desk: ClerkDesk,
  deed: Deed,
  ubrn: string,
  happens: (ubrn: string) => void,
): Promise<void> {
  await subjectOf(deed).open(desk, ubrn);
  await review(desk, deed, ubrn);
  happens(ubrn);
  await desk.press('Ctrl+Enter');
  const words = await resultSays(desk, new RegExp(`${deed.not}: the referral has changed`));
  expect(words).toMatch(/Nothing was sent for a version that you had not seen/);
  expect(words).toMatch(/F5|F12/);
  expect(callsOf(desk, deed, ubrn)).toBe(0);
}

/** 412 is a fault of ours: told once, and the action is switched off until the desk starts anew. */
export async function meetOwnFault(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  await subjectOf(deed).open(desk, ubrn);
  strike(desk, deed, { kind: 'status', status: 412, body: null });
  await act(desk, deed, ubrn);
  const words = await resultSays(desk, new RegExp(`${deed.not}: refused`));
  expect(words).toMatch(/a fault of the desk, not yours[\s\S]*call the service desk/i);
  await act(desk, deed, ubrn);
  await desk.shows(/switched off on this desk[\s\S]*web application/);
  expect(callsOf(desk, deed, ubrn)).toBe(1);
}

/** The reply is lost though e-RS did it: found out by reading, with one request. */
export async function meetSilentSuccess(desk: ClerkDesk, deed: Deed, ubrn: string): Promise<void> {
  await subjectOf(deed).open(desk, ubrn);
  strike(desk, deed, { kind: 'drop-after' });
  await act(desk, deed, ubrn);
  const words = await resultSays(desk, /NOT CONFIRMED: /);
  expect(words).toMatch(/The desk checks again/);
  desk.clock.pass(FIRST_READ_BACK_MS);
  await resultSays(desk, deed.done);
  expect(callsOf(desk, deed, ubrn)).toBe(1);
}

/**
 * The request never came to e-RS and nobody said so. What no provider's system takes part in is proven undone after
 * the horizon and goes out once more; of the rest a person is told to ring.
 */
export async function meetNoEffect(
  desk: ClerkDesk,
  deed: Deed,
  ubrn: string,
  isSentAgain: boolean,
): Promise<void> {
  await subjectOf(deed).open(desk, ubrn);
  const before = versionOf(desk, deed, ubrn);
  strike(desk, deed, { kind: 'drop-before' });
  await act(desk, deed, ubrn);
  await resultSays(desk, /NOT CONFIRMED: /);
  expect(callsOf(desk, deed, ubrn)).toBe(1);
  desk.clock.pass(HORIZON_MS);
  if (isSentAgain) {
    await resultSays(desk, deed.done);
    expect(callsOf(desk, deed, ubrn)).toBe(2);
    return;
  }
  const words = await resultSays(desk, /NOT CONFIRMED: it needs you/);
  expect(words).toMatch(/provider.s system may hold it all the same: ring the provider/);
  await eventually(() => expect(callsOf(desk, deed, ubrn)).toBe(1));
  expect(versionOf(desk, deed, ubrn)).toBe(before);
}
