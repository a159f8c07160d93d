import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../src-main/training-service/faults.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable } from './support/truth.ts';

const seed = takeSeed();
let desk: ClerkDesk;
let ubrn: string;
const pageErrors: string[] = [];

beforeAll(async () => {
  desk = await openClerkDesk({ seed });
  desk.page.on('pageerror', (error) => pageErrors.push(error.message));
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  ubrn = await desk.selectBefore(plainlyBookable(desk.service));
  await desk.press('ArrowDown', 'Enter');
  await desk.shows(/Born\s+\d\d-/);
});
afterAll(() => desk.close());

const logText = () => {
  const folder = join(desk.folder, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
};

/** Everything that names the patient or the session. */
function secrets(): string[] {
  const { world } = desk.service;
  const { nhsNumber } = world.referral(ubrn);
  const patient = world.findPatient(nhsNumber);
  return [nhsNumber, ubrn, patient?.family ?? '?', patient?.birthDate ?? '?'];
}

/** A problem in words, or the ribbon of what the desk remembers where e-RS could not be reached. */
async function problemText(): Promise<string> {
  const told = desk.page.locator('.desk-problem, .slots-facts .as-of');
  await told.first().waitFor();
  return (await told.allInnerTexts()).join(' ');
}

const REPLIES: readonly (readonly [string, FaultEffect])[] = [
  ['a page of HTML with status 200', { kind: 'html-200' }],
  ['JSON cut short', { kind: 'truncated-json' }],
  ['a Bundle of the wrong type', { kind: 'wrong-bundle-type' }],
  ['10 MB of JSON', { kind: 'huge-body' }],
  ['429 without a body', { kind: 'rate-limit' }],
  ['500 without a body', { kind: 'status', status: 500, body: null }],
  ['503 with Retry-After', { kind: 'status', status: 503, headers: { 'retry-after': '2' } }],
  ['a connection that breaks', { kind: 'drop-before' }],
  ['a refused connection', { kind: 'refuse-connection' }],
];

describe('a reply that is not what the service promises', () => {
  it.each(REPLIES)(
    '%s: worded on the slots screen, never "no slots", recorded without patient data',
    async (_name, effect) => {
      await desk.press('F7');
      await desk.page.locator('[id^="slot-"]').first().waitFor();
      const before = logText().length;
      desk.service.faults.add({ on: { id: 'A015' }, do: effect });
      await desk.press('F5');
      const text = await problemText();
      expect(text).toMatch(/What to do|Next|F5/);
      expect(text).not.toMatch(/no (free )?slots/i);
      const written = logText().slice(before);
      expect(written).toContain('ers-call');
      for (const secret of secrets()) expect(written).not.toContain(secret);
      await desk.page.waitForTimeout(2200);
      // A desk that knows itself cut off answers from memory: F5 asks e-RS all the same.
      await desk.press('F5');
      await desk.shows(/free slots, page/);
      await desk.press('Escape');
      await desk.shows(/Shortlist/);
    },
  );

  it('a slot that ends before it starts is counted, not offered; a page that repeats slots shows each once', async () => {
    desk.service.faults.add({ on: { id: 'A015' }, do: { kind: 'slot-end-before-start' } });
    await desk.press('F7');
    await desk.shows(/slots? came without a readable time/);
    await desk.press('Escape');
    desk.service.faults.add({ on: { id: 'A015' }, do: { kind: 'repeated-slots' } });
    await desk.press('F7');
    await desk.page.locator('[id^="slot-"]').first().waitFor();
    const ids = await desk.page.locator('[id^="slot-"]').evaluateAll((slots) => slots.map((slot) => slot.id));
    expect(new Set(ids).size).toBe(ids.length);
    await desk.press('Escape');
  });

  it('an unknown state code is shown as it came', async () => {
    desk.service.faults.add({ on: { id: 'A005' }, do: { kind: 'unknown-state-code' } });
    await desk.press('F5');
    await desk.page.waitForTimeout(1500);
    expect(await desk.page.locator('.desk-problem').count()).toBe(0);
    await desk.press('F5');
    await desk.shows(/Shortlist/);
  });

  it('a PDF that is none is not shown as a letter', async () => {
    desk.service.faults.add({ on: { id: 'A019' }, do: { kind: 'not-a-pdf' } });
    await desk.press('F9');
    expect(await problemText()).toMatch(/letter|PDF|reply|answer/i);
    await desk.press('Escape');
  });

  it('a locked referral and a forbidden one are said in words', async () => {
    desk.service.faults.add({ on: { id: 'A005' }, do: { kind: 'status', status: 423, body: null } });
    await desk.press('F5');
    expect(await problemText()).toMatch(/lock|someone|another/i);
    desk.service.faults.add({
      on: { id: 'A005' },
      do: { kind: 'status', status: 422, code: 'NO_RELATIONSHIP' },
    });
    await desk.press('F5');
    await desk.shows(/role|relationship|workgroup/i);
  });

  it('leaves no error in the page and no identifier in the log', () => {
    expect(pageErrors).toEqual([]);
    for (const secret of secrets()) expect(logText()).not.toContain(secret);
  });
});
