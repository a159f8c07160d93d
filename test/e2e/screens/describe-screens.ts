import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/outcome.ts';
import { openClerkDesk, type ClerkDesk } from '../support/open-clerk-desk.ts';
import { findAccessFaults, findPictureFaults, findZoomFaults, settle, VIEWPORT } from './checks.ts';
import type { ScreenState } from './registry.ts';

const PICTURES = 'docs/screens';
const ZOOMED_PICTURES = 'out/screens-200-percent';
const sender = { isTrusted: true, place: 'test' };

/** Names at once, as the training world has them: the gate would let them trickle into the pictures. */
async function readNames(desk: ClerkDesk, input: unknown) {
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

/** Signs in afresh, with nothing scripted. */
export async function prepare(desk: ClerkDesk, state: ScreenState): Promise<void> {
  await desk.page.setViewportSize(VIEWPORT);
  desk.scripted.unscript();
  desk.scripted.script('patient/read-names', (input) => readNames(desk, input));
  // A new page comes back to where the one before it was: here each state begins at the list.
  desk.scripted.script('session/keep-draft', ok({}));
  await desk.app.handle('session/sign-out', {}, sender);
  if (state.isSignedOut !== true) {
    await desk.app.handle('session/sign-in', {}, sender);
    await desk.app.handle('session/choose-role', { roleId: 'R69.REFERRING_CLINICIAN_ADMIN' }, sender);
  }
  await desk.page.reload();
}

/** A desk of its own; seed and clock are fixed so that the pictures change only when a screen does. */
export function openPictureDesk(): Promise<ClerkDesk> {
  return openClerkDesk({
    seed: 7,
    now: '2026-11-23T10:40:00Z',
    isFrozen: true,
    speed: 10,
    viewport: VIEWPORT,
  });
}

/** One test a screen: reached by keyboard, accessible, whole at 200 % zoom, and a picture of it. */
export function describeScreens(screens: readonly ScreenState[]): void {
  let desk: ClerkDesk;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    mkdirSync(ZOOMED_PICTURES, { recursive: true });
    desk = await openPictureDesk();
  });
  afterAll(() => desk.close());

  describe('every screen and state', () => {
    it.each(screens.map((state) => [state.name, state] as const))('%s', async (_name, state) => {
      await prepare(desk, state);
      await state.reach(desk);
      await desk.shows(state.shows);
      await settle(desk.page);
      const picture = await desk.page.screenshot();
      writeFileSync(`${PICTURES}/${state.name}.png`, picture);
      expect(await findPictureFaults(desk.page, picture, state.shows)).toEqual([]);
      expect(await findAccessFaults(desk.page)).toEqual([]);
      const zoomFaults = await findZoomFaults(desk.page);
      // For whoever looks at them here: CI keeps none.
      if (process.env['CI'] !== 'true')
        writeFileSync(`${ZOOMED_PICTURES}/${state.name}.png`, await desk.page.screenshot());
      expect(zoomFaults).toEqual([]);
    });
  });
}
