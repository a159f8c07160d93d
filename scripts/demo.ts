/**
 * `npm run demo`: one booking by key presses, without a display, on the real Chromium host and the training service.
 * Prints each step with its time; leaves screenshots and the letter in out/demo. Fails when a step does not come about.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.ts';
import { createPageDriver } from './demo/page-driver.ts';
import { ensureSystemParts } from './ensure-system-parts.ts';

const target = fileURLToPath(new URL('../out/demo/', import.meta.url));
const seed = Number(/^--seed=(\d{1,9})$/.exec(process.argv[2] ?? '')?.[1] ?? 1);

const missing = await ensureSystemParts(['chromium'], { mayInstall: true });
if (missing.length > 0) {
  console.error(`The demo needs ${missing.join(', ')}: install it, or set BOOKING_DESK_BROWSER.`);
  process.exit(1);
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
await buildIfStale();
// Only now: the application imports the validators that the build makes.
const { openDemoDesk } = await import('./demo/open-demo-desk.ts');
const folder = mkdtempSync(join(tmpdir(), 'booking-desk-demo-'));
const desk = await openDemoDesk({ folder, seed });
const driver = createPageDriver(desk.session);
const startedMs = performance.now();
let number = 0;

async function step(title: string, keys: readonly string[], shows: RegExp, name: string): Promise<string> {
  await driver.press(...keys);
  const text = await driver.waitFor(shows);
  number += 1;
  writeFileSync(`${target}${String(number).padStart(2, '0')}-${name}.png`, await driver.screenshot());
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${title}${keys.length === 0 ? '' : `  [${keys.join(' ')}]`}`);
  return text;
}

/** The answer of the patient on the phone: read from the page's banner, as the training patient would know it. */
function spokenDigits(text: string): string[] {
  if (/last (four|4)/i.test(text)) return [...(/NHS No\.?[^\d]*\d{3}\s\d{3}\s(\d{4})/.exec(text)?.[1] ?? '')];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const [, day = '', month = ''] = /Born\s+(\d{2})-([A-Z][a-z]{2})-\d{4}/.exec(text) ?? [];
  return [...`${day}${String(months.indexOf(month) + 1).padStart(2, '0')}`];
}

try {
  await step('The desk asks who you are', [], /Sign in/, 'sign-in');
  await step('Signed in; the roles are listed', ['Enter'], /Choose|role/i, 'roles');
  await step('Awaiting Booking', ['Enter'], /\d{4}\s\d{4}\s\d{4}/, 'worklist');
  let ubrn = '';
  const presses = await driver.selectReferral((selected) => {
    ubrn = selected;
    return desk.bookable.includes(selected);
  });
  console.log(`         ${presses} times [ArrowDown] to the next referral that can be booked`);
  const referral = await step('A referral is open', ['Enter'], /Born\s+\d{2}-/, 'referral');
  await step('Free slots by week', ['F7'], /read \d\d:\d\d:\d\d/, 'slots');
  await step('A slot is chosen', ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter'], /chosen/i, 'slot-chosen');
  const review = await step('The review asks for digits', ['Shift+F7'], /Ctrl\+Enter/, 'review');
  const digits = spokenDigits(/last (four|4)/i.test(review) ? review : referral);
  await step(
    'Booked, read back from e-RS',
    [...digits, 'Ctrl+Enter'],
    /Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/,
    'booked',
  );
  await step('The letter is on screen', ['F9'], /Page 1 of 2|2 pages/i, 'letter');
  const letter = await driver.readLetter(ubrn);
  writeFileSync(`${target}letter.pdf`, letter);
  console.log(`         ${letter.length} bytes of letter, ${number} pictures: ${target}`);
  const counts = desk.countCalls('A016');
  console.log(`         bookings on the wire: ${counts}`);
  if (counts !== 1) throw new Error(`The training service saw ${counts} bookings, not one`);
} finally {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
}
