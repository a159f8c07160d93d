/** The whole app on both forms of the API: what both have, by keyboard alone, and what only one has, in words. */
import { afterEach, expect, it, vi } from 'vitest';
import type { SceneName } from '../../src-main/training-service/world/drafts.ts';
import { BOOKED, eventually } from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { takeSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

vi.setConfig({ testTimeout: 300_000 });
const seed = takeSeed();
const CLINICIAN = /Service provider clinician(?! admin)/i;
const COMMENT = 'Rebook in June';
type Dialect = 'api-platform' | 'spine-session';

let desk: ClerkDesk;
let dialect: Dialect;
afterEach(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
});

/** An ordinary patient's referral of a scene. */
function ofScene(scene: SceneName, isWanted: (ubrn: string) => boolean = () => true): string {
  const { world } = desk.service;
  const soon = desk.clock.nowMs() + 86_400_000;
  const found = world.findScene(scene).find((ubrn) => {
    const { nhsNumber, appointment } = world.referral(ubrn);
    const isToCome = appointment?.startMs == null || appointment.startMs > soon;
    return world.findPatient(nhsNumber)?.record === 'normal' && isToCome && isWanted(ubrn);
  });
  if (found === undefined) throw new Error(`no ordinary referral shows ${scene}`);
  return found;
}

const lastFour = (ubrn: string) => desk.service.world.referral(ubrn).nhsNumber.slice(-4);

/** Where there are no patient details, the NHS number is what the patient is asked for. */
const spoken = (ubrn: string) =>
  dialect === 'api-platform' ? spokenDigits(desk.service, ubrn) : lastFour(ubrn);

async function openByUbrn(ubrn: string): Promise<void> {
  await desk.press('F2');
  await desk.type(ubrn);
  await desk.press('Enter');
  await desk.shows(/last 4 digits/i);
  await desk.type(lastFour(ubrn));
  await desk.press('Enter');
  await desk.page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  await desk.shows(new RegExp(`Referral ${ubrn.replace(/(\d{4})(?=\d)/g, '$1 ')}[\\s\\S]*Shortlist`));
}

/** The referral as it is open says what this dialect does not send. */
async function saysWhatIsMissing(): Promise<void> {
  await desk.shows(/this connection does not send the state/);
  await desk.shows(/Name not shown: this connection to e-RS brings no patient details/);
  await desk.shows(/This connection to e-RS does not say which actions it allows in your role/);
}

async function book(): Promise<string> {
  const ubrn = ofScene('bookable', plainlyBookable(desk.service));
  await openByUbrn(ubrn);
  if (dialect === 'spine-session') await saysWhatIsMissing();
  await desk.press('F7');
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  await desk.press('Enter', 'Shift+F7');
  await desk.shows(/day and month of birth|last 4 (digits )?of/i);
  await desk.type(spoken(ubrn));
  await desk.press('Ctrl+Enter');
  await desk.shows(BOOKED);
  expect(desk.service.world.appointmentOf(ubrn)?.status).toBe('booked');
  expect(desk.service.calls.count('A016', { ubrn })).toBe(1);
  return ubrn;
}

async function defer(): Promise<void> {
  const { world } = desk.service;
  const ubrn = ofScene(
    'no-slots',
    (candidate) =>
      world.referral(candidate).state === 'NOT_BOOKED' && world.referral(candidate).shortlist.length === 1,
  );
  await openByUbrn(ubrn);
  await desk.press('F7');
  await desk.shows(/e-RS has no free slots/);
  await desk.press('Shift+F8');
  await desk.shows(/NOT DEFERRED until/);
  await desk.type(spoken(ubrn));
  await desk.press('Ctrl+Enter');
  await desk.shows(/Deferred to provider/);
  expect(world.appointmentOf(ubrn)).toMatchObject({ status: 'proposed' });
  expect(desk.service.calls.count('A016', { ubrn })).toBe(1);
}

async function changeRole(): Promise<void> {
  await desk.press('Alt+R');
  await desk.chooseRole(CLINICIAN);
  await desk.shows(/Role:?\s+Service Provider Clinician(?! Admin)/i);
}

async function cancelLater(): Promise<void> {
  await desk.press('Ctrl+6');
  await desk.shows(/Referrals for Review[\s\S]*referrals?, read/);
  const wanted = ofScene('booked-for-review');
  await desk.selectBefore((candidate) => candidate === wanted);
  await desk.press('ArrowDown', 'Enter', 'Shift+F9');
  await desk.shows(/Comment for the admin team/);
  await desk.type(spoken(wanted));
  await desk.press('Tab');
  await desk.type(COMMENT);
  await desk.press('Ctrl+Enter');
  await desk.shows(/Cancelled, to be acted on later/);
  expect(desk.service.calls.count('A022', { ubrn: wanted })).toBe(1);
  expect(desk.service.world.referral(wanted).state).toBe('TRIAGED_PROVIDER_TO_ACTION');
}

/** Presses a key that this dialect has nothing for; the status line says why. */
async function isRefused(key: string, words: RegExp): Promise<void> {
  await desk.press(key);
  await eventually(async () => expect(await desk.page.locator('.desk-status').innerText()).toMatch(words));
}

/** On the booked referral of a referrer: what the 2021 form has not (contract.md section 1), each with its reason. */
async function saysWhatItHasNot(): Promise<void> {
  const { calls } = desk.service;
  await isRefused('F9', /Letter: this connection to e-RS makes letters only while there is no appointment/);
  for (const [key, what] of [
    ['Shift+F11', 'Cancel appointment'],
    ['Shift+F12', 'Cancel referral'],
    ['Ctrl+F11', 'Move to another day'],
    ['Ctrl+F7', 'Change the shortlist'],
    ['Ctrl+Shift+F7', 'Send for triage'],
  ] as const)
    await isRefused(key, new RegExp(`${what}: this connection to e-RS does not offer it: use the e-RS web`));
  for (const id of ['A008', 'A019', 'A034', 'A036', 'A038']) expect([id, calls.count(id)]).toEqual([id, 0]);
}

/** The check of the desk before a sign-in, with what it really finds, and its copy for the service desk. */
async function checkDesk(): Promise<void> {
  await desk.page.evaluate(() =>
    document.addEventListener('copy', ({ target }) => {
      if (target instanceof HTMLTextAreaElement) document.title = target.value;
    }),
  );
  await desk.press('Ctrl+F1');
  await desk.shows(/Network and e-RS[\s\S]*The training e-RS in this computer answers/);
  await desk.page.locator('.checks__row--running').first().waitFor({ state: 'detached' });
  expect(await desk.page.locator('.checks__row--fail').count()).toBe(0);
  await desk.press('Ctrl+Shift+C');
  await desk.shows(/Copied\. Paste it/);
  const copied = await desk.page.title();
  expect(copied).toContain(`training, ${dialect}, test`);
  expect(copied).toMatch(/network: OK ers-answers[\s\S]*audit: OK audit-whole[\s\S]*versions: OK/);
}

it.each<Dialect>(['api-platform', 'spine-session'])(
  'what both dialects have is done at one desk, and what one has not is said: %s',
  async (which) => {
    dialect = which;
    const isSpine = dialect === 'spine-session';
    desk = await openClerkDesk({ seed, dialect });
    const { calls } = desk.service;
    await desk.signIn();
    await desk.shows(isSpine ? /This connection to e-RS does not offer this/ : /\d+ referrals, read/);
    await book();
    if (isSpine) await saysWhatItHasNot();
    await defer();
    await changeRole();
    // A role is chosen with each call, or with a session of its own.
    expect(['A001', 'A003'].map((id) => calls.count(id))).toEqual(isSpine ? [2, 1] : [0, 0]);
    await cancelLater();
    await desk.press('Ctrl+Shift+L');
    await desk.shows(/Sign in to training/);
    await eventually(() => expect(calls.count('A003')).toBe(isSpine ? 2 : 0));
    await checkDesk();
  },
);
