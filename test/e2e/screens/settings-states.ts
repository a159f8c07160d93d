/** The settings: as they are, locked by the organisation, with what went wrong, and a desk in large text. */
import type { SettingsView } from '../../../src-main/contract/channels/settings.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { listRead } from './reach.ts';
import type { ScreenState } from './registry.ts';

const SENDER = { isTrusted: true, place: 'test' };
const READY = /Text size/;

/** The settings as main gives them, the made-on day of the key apart, with changes. */
async function scriptView(desk: ClerkDesk, changes: (view: SettingsView) => Partial<SettingsView>) {
  const answer = await desk.app.handle('settings/read', {}, SENDER);
  if (!answer.ok) throw new Error(answer.problem.code);
  const view = answer.value as SettingsView;
  desk.scripted.script('settings/read', ok({ ...view, ...changes(view) }));
}

async function openSettings(desk: ClerkDesk): Promise<void> {
  await desk.press('Ctrl+,');
  await desk.shows(READY);
}

export const SETTINGS_SCREENS: readonly ScreenState[] = [
  {
    name: 'settings--ready',
    shows: READY,
    async reach(desk) {
      await listRead(desk);
      await scriptView(desk, () => ({}));
      await openSettings(desk);
    },
  },
  {
    name: 'settings--locked-and-damaged',
    shows: /Set by your organisation/,
    async reach(desk) {
      await listRead(desk);
      await scriptView(desk, ({ textSize, idleLockMinutes, clinicianNames }) => ({
        textSize: { ...textSize, value: 'normal', source: 'organisation' },
        idleLockMinutes: { ...idleLockMinutes, value: 5, source: 'organisation' },
        clinicianNames: { ...clinicianNames, source: 'organisation' },
        troubles: [
          { file: 'policy', code: 'names-not-known', keptAs: null },
          { file: 'desk', code: 'not-json', keptAs: 'settings.broken-1.json' },
        ],
      }));
      await openSettings(desk);
    },
  },
  {
    name: 'settings--faults',
    shows: /Type 1 to 60 minutes/,
    async reach(desk) {
      await listRead(desk);
      await openSettings(desk);
      await desk.page.locator('#setting-idleLockMinutes').fill('90');
      await desk.page.locator('#setting-organisations-add').press('Enter');
      await desk.page.locator('#setting-organisations:focus').waitFor();
      await desk.type('R69');
      await desk.press('Ctrl+Enter');
    },
  },
  {
    name: 'worklist--largest-text-high-contrast',
    shows: /referrals, read/,
    async reach(desk) {
      desk.scripted.script(
        'settings/read-look',
        ok({ textSize: 'largest', contrast: 'high', defaultList: 'AWAITING_BOOKING' }),
      );
      await desk.page.reload();
      await listRead(desk);
    },
  },
];
