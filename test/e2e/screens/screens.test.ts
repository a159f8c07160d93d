import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { openClerkDesk, type ClerkDesk } from '../support/open-clerk-desk.ts';
import { findAccessFaults, findPictureFaults, findZoomFaults, unzoom, VIEWPORT } from './checks.ts';
import { SCREENS, type ScreenState } from './registry.ts';

// Seed and clock are fixed so that the pictures change only when a screen does.
const PICTURES = 'docs/screens';
const ZOOMED_PICTURES = 'out/screens-200-percent';
let desk: ClerkDesk;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  mkdirSync(ZOOMED_PICTURES, { recursive: true });
  desk = await openClerkDesk({ seed: 7, now: '2026-11-23T10:40:00Z', isFrozen: true, viewport: VIEWPORT });
});
afterAll(() => desk.close());

const sender = { isTrusted: true, place: 'test' };

/** Names at once, as the training world has them: the gate would let them trickle into the pictures. */
async function readNames(input: unknown) {
  const names = (input as { nhsNumbers: string[] }).nhsNumbers.map((nhsNumber) => {
    const patient = desk.service.world.findPatient(nhsNumber);
    const name = patient && {
      family: patient.family,
      given: patient.given.join(' '),
      prefix: patient.prefix,
    };
    return { nhsNumber, name: name ?? null, birthDate: patient?.birthDate ?? null };
  });
  return ok({ names });
}

async function prepare(state: ScreenState): Promise<void> {
  desk.scripted.unscript();
  desk.scripted.script('patient/read-names', readNames);
  await desk.app.handle('session/sign-out', {}, sender);
  if (state.isSignedOut !== true) {
    await desk.app.handle('session/sign-in', {}, sender);
    await desk.app.handle('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' }, sender);
  }
  await desk.page.reload();
}

describe('every screen and state', () => {
  it.each(SCREENS.map((state) => [state.name, state] as const))('%s', async (_name, state) => {
    await prepare(state);
    await state.reach(desk);
    await desk.shows(state.shows);
    await desk.page.waitForTimeout(400);
    const picture = await desk.page.screenshot();
    writeFileSync(`${PICTURES}/${state.name}.png`, picture);
    expect(await findPictureFaults(desk.page, picture, state.shows)).toEqual([]);
    expect(await findAccessFaults(desk.page)).toEqual([]);
    const zoomFaults = await findZoomFaults(desk.page);
    writeFileSync(`${ZOOMED_PICTURES}/${state.name}.png`, await desk.page.screenshot());
    await unzoom(desk.page);
    expect(zoomFaults).toEqual([]);
  });
});

describe('the checks themselves', () => {
  const first = SCREENS.find((state) => state.name === 'worklist--ready') as ScreenState;

  it('find a control without a name', async () => {
    await prepare(first);
    await first.reach(desk);
    await desk.page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await findAccessFaults(desk.page)).join()).toContain('button-name');
  });

  it('find what does not fit at 200 % zoom', async () => {
    await desk.page.evaluate(() => {
      const wide = document.createElement('button');
      wide.textContent = 'wide';
      wide.style.cssText = 'position: absolute; left: 900px; width: 400px';
      document.body.append(wide);
    });
    expect(await findZoomFaults(desk.page)).not.toEqual([]);
    await unzoom(desk.page);
  });

  it('find a picture that shows nothing', async () => {
    await desk.page.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position: fixed; inset: 0; background: white; z-index: 9999';
      document.body.append(cover);
    });
    const picture = await desk.page.screenshot();
    expect(await findPictureFaults(desk.page, picture, first.shows)).not.toEqual([]);
  });
});
