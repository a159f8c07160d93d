/** Referring a patient, and the letters of a referral; the answer to the commit is scripted. */
import { ok } from '../../../src-main/contract/outcome.ts';
import type { SceneName } from '../../../src-main/training-service/world/drafts.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { spokenDigits } from '../support/truth.ts';
import { makeItem } from './cancellation-states.ts';
import { listRead, openScene } from './reach.ts';
import type { ScreenState } from './registry.ts';

const SENDER = { isTrusted: true, place: 'test' };
const ubrnOf = (desk: ClerkDesk, scene: SceneName) => desk.service.world.findScene(scene)[0] ?? '';

/** The wizard without an earlier draft, with the patient of a scene looked up. */
async function lookUp(desk: ClerkDesk, scene: SceneName): Promise<void> {
  await listRead(desk);
  await desk.app.handle('refer/discard-draft', {}, SENDER);
  const { nhsNumber } = desk.service.world.referral(ubrnOf(desk, scene));
  const birthDate = desk.service.world.findPatient(nhsNumber)?.birthDate ?? '';
  await desk.press('Ctrl+Shift+F2');
  await desk.page.locator('#refer-number').focus();
  await desk.type(nhsNumber);
  await desk.press('Enter');
  await desk.page.locator('#refer-second:focus').waitFor();
  await desk.type(birthDate.split('-').reverse().join(''));
  await desk.press('Enter');
}

async function ask(desk: ClerkDesk): Promise<void> {
  await lookUp(desk, 'bookable');
  await desk.shows(/The patient of this draft/);
  await desk.press('Enter');
  await desk.page.locator('#refer-referrer:focus').waitFor();
  await desk.type('555000000211');
}

async function search(desk: ClerkDesk, specialty: string): Promise<void> {
  await ask(desk);
  await desk.press('Tab', 'Tab');
  await desk.type(specialty);
  await desk.press('Enter');
  await desk.shows(/services? found/);
}

async function review(desk: ClerkDesk): Promise<void> {
  await search(desk, 'Cardiology');
  await desk.press('Space', 'ArrowDown', 'Space', 'Enter');
  await desk.page.locator('#refer-letter-later:focus').waitFor();
  await desk.press('Enter');
  await desk.shows(/Make this referral\?/);
}

export const REFER_SCREENS: readonly ScreenState[] = [
  {
    name: 'refer--deceased',
    shows: /NOT REFERRED[\s\S]*has died/,
    reach: (desk) => lookUp(desk, 'deceased'),
  },
  {
    name: 'refer--asked',
    shows: /Choose a specialty/,
    async reach(desk) {
      await ask(desk);
      await desk.press('Enter');
    },
  },
  {
    name: 'refer--services',
    shows: /22 services found[\s\S]*Shortlist: 2 of 20/,
    async reach(desk) {
      await search(desk, 'Dermatology');
      await desk.press('Space', 'ArrowDown', 'ArrowDown', 'Space');
    },
  },
  { name: 'refer--review', shows: /same specialty[\s\S]*this is another referral/, reach: review },
  {
    name: 'refer--unknown',
    shows: /NOT CONFIRMED: the referral may have been made/,
    async reach(desk) {
      const ubrn = ubrnOf(desk, 'bookable');
      const item = makeItem(desk, ubrn, {
        ...{ action: 'create-referral', state: 'unknown', ubrn: null, start: null },
      });
      desk.scripted.script('refer/commit', ok({ kind: 'started' as const, item }));
      await review(desk);
      await desk.type(spokenDigits(desk.service, ubrn));
      await desk.press('Tab', 'Space', 'Ctrl+Enter');
    },
  },
  {
    name: 'letters--replace',
    shows: /Will be gone/,
    async reach(desk) {
      await openScene(desk, 'with-attachments');
      await desk.press('Ctrl+F9');
      await desk.shows(/e-RS replaces all letters by these/);
      await desk.page.locator('.refer__letters input').first().focus();
      await desk.press('Space');
    },
  },
];
