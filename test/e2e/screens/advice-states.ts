/** Advice and guidance: the provider's list and conversation, its panels, and a referrer's new request. */
import type { AdviceSceneName } from '../../../src-main/training-service/world/advice-model.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import type { ScreenState } from './registry.ts';

const SENDER = { isTrusted: true, place: 'test' };

async function workAs(desk: ClerkDesk, roleId: string): Promise<void> {
  await desk.app.handle('session/choose-role', { roleId }, SENDER);
  await desk.page.reload();
  await desk.page.locator('.frame').waitFor();
}

async function openList(desk: ClerkDesk): Promise<void> {
  await workAs(desk, 'R68.SERVICE_PROVIDER_CLINICIAN');
  await desk.press('Alt+G');
  await desk.page.locator('.item-grid--advice .item-grid__line').first().waitFor();
}

async function openScene(desk: ClerkDesk, scene: AdviceSceneName): Promise<string> {
  await openList(desk);
  const [ubrn = ''] = desk.service.world.findAdviceScene(scene);
  await desk.press('F2');
  await desk.type(ubrn);
  await desk.press('Enter');
  await desk.page.locator('.advice__talk').waitFor();
  return ubrn;
}

async function openPanel(desk: ClerkDesk, key: 'Alt+A' | 'Alt+C'): Promise<string> {
  const ubrn = await openScene(desk, 'advice-multi-way');
  await desk.press(key);
  await desk.page.locator('.review textarea').first().waitFor();
  return ubrn;
}

async function askAnew(desk: ClerkDesk): Promise<void> {
  await workAs(desk, 'R69.REFERRING_CLINICIAN');
  const patient = desk.service.world.patients.find(({ key, record }) => key === '' && record === 'normal');
  const [year = '', month = '', day = ''] = (patient?.birthDate ?? '').split('-');
  await desk.press('Alt+G');
  await desk.shows(/e-RS has no list of them for referrers/);
  await desk.press('Alt+N');
  await desk.page.locator('input:focus').waitFor();
  await desk.type(patient?.nhsNumber ?? '');
  await desk.press('Tab');
  await desk.type(`${day}${month}${year}`);
  await desk.press('Enter');
  await desk.shows(/Born\s+\d\d-/);
  await desk.page.locator('form[aria-label="Service"] select').first().selectOption('CARDIOLOGY');
  await desk.page.locator('form[aria-label="Service"] button').focus();
  await desk.press('Enter');
  await desk.shows(/Which service/);
  await desk.page.locator('section[aria-label="Question"] textarea').focus();
  await desk.type('Is an echo needed first?');
  await desk.press('F7');
}

export const ADVICE_SCREENS: readonly ScreenState[] = [
  { name: 'advice--list', shows: /Requests that wait for your organisation/, reach: openList },
  {
    name: 'advice--conversation',
    shows: /Files of the request/,
    reach: async (desk) => void (await openScene(desk, 'advice-files')),
  },
  {
    name: 'advice--answer',
    shows: /What you recommend \(required\)/,
    reach: async (desk) => void (await openPanel(desk, 'Alt+A')),
  },
  {
    name: 'advice--conversion',
    shows: /Instruction for your admin team/,
    reach: async (desk) => void (await openPanel(desk, 'Alt+C')),
  },
  {
    name: 'advice--not-confirmed',
    shows: /NOT CONFIRMED: the answer may have been sent/,
    async reach(desk) {
      const ubrn = await openPanel(desk, 'Alt+A');
      desk.service.faults.add({ on: { id: 'A026' }, do: { kind: 'drop-after' } });
      const { nhsNumber } = desk.service.world.advice(ubrn);
      const birth = desk.service.world.findPatient(nhsNumber)?.birthDate ?? '';
      await desk.type(birth.slice(8, 10) + birth.slice(5, 7));
      await desk.press('Tab', 'Tab', 'A', 'Tab');
      await desk.type('An echo first, then write again.');
      // Whatever looks for it finds nothing out: the picture must not depend on who is faster.
      desk.service.faults.add({ on: { id: 'A025', times: Infinity }, do: { kind: 'status', status: 500 } });
      await desk.press('Ctrl+Enter');
    },
  },
  { name: 'advice--request', shows: /Ask this service for advice\?/, reach: askAnew },
];
