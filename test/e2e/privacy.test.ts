import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { copyNow } from '../../src-main/adapters/node/nightly-copy.ts';
import { openSqliteStorage } from '../../src-main/adapters/node/sqlite-storage.ts';
import { findInClear } from '../support/secret-forms.ts';
import {
  BOOKED,
  badgeSays,
  commitSlot,
  goToWorklist,
  openOutbox,
  openSlots,
  queueBooking,
  readWorklist,
  rowSays,
  waitForSlot,
} from './support/at-work.ts';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { readTree } from './support/read-tree.ts';
import {
  takeSeed,
  emptyService,
  plainlyBookable,
  spokenDigits,
  type EmptiedService,
} from './support/truth.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });
const seed = takeSeed();
/** Everything of this run lies in here: data, profiles, and whatever anybody takes a temporary file for. */
const everything = mkdtempSync(join(tmpdir(), 'booking-desk-privacy-'));
process.env['TMPDIR'] = everything;
let desk: ClerkDesk;
let emptied: EmptiedService;
let ubrn: string;
/** What must be nowhere: the patients, their referrals, what was said of them, the access code, the tokens. */
const secrets = new Map<string, string>();

/** A name that stands in no file of a browser by chance. */
const isRareName = (name: string) => name.length >= 6;

function keepSecretsOf(who: string, ofUbrn: string): void {
  const { world } = desk.service;
  const { nhsNumber } = world.referral(ofUbrn);
  const patient = world.findPatient(nhsNumber);
  secrets.set(`the UBRN of ${who}`, ofUbrn);
  secrets.set(`the NHS number of ${who}`, nhsNumber);
  secrets.set(`the address of ${who}`, patient?.address[0] ?? '');
  secrets.set(`the birth date of ${who}`, patient?.birthDate ?? '');
  if (isRareName(patient?.family ?? '')) secrets.set(`the family name of ${who}`, patient?.family ?? '');
}

function hasRareName(candidate: string): boolean {
  const { world } = desk.service;
  return isRareName(world.findPatient(world.referral(candidate).nhsNumber)?.family ?? '');
}

/** Prints the letter on show and counts its sheets: the print log and the printer are searched, too. */
async function printLetter(): Promise<void> {
  await desk.press('Ctrl+P');
  await desk.page.locator('#printer').waitFor();
  // A first slot may be so near that the patient is phoned as well.
  if ((await desk.page.locator('#print-phoned:focus').count()) > 0) await desk.press('Space');
  await desk.press('Enter');
  await desk.shows(/How many sheets came out/);
  await desk.press('Enter');
  await desk.shows(/Printed and counted/);
}

beforeAll(async () => {
  desk = await openClerkDesk({ seed, keepsProfile: true });
  emptied = emptyService(desk.service, seed);
  await readWorklist(desk);
  const isBookable = plainlyBookable(desk.service);
  ubrn = await openSlots(desk, (candidate) => isBookable(candidate) && hasRareName(candidate));
  await commitSlot(desk, ubrn);
  await desk.shows(BOOKED);
  await desk.press('F9');
  await desk.page.locator('[data-drawn="true"]').first().waitFor();
  await desk.press('F8', 'Ctrl+U');
  await desk.shows(/Access code:? [A-Z0-9]{4}/i);
  const code = /Access code:?\s*([A-Z0-9]{4}\s?[A-Z0-9]{4})/i.exec(await desk.text())?.[1] ?? '';
  keepSecretsOf('the booked patient', ubrn);
  secrets.set('the access code', code.replace(/\s/g, ''));
  secrets.set('the token', desk.credentials[0] ?? '');
  await printLetter();
});
afterAll(async () => {
  expect(desk.pageErrors).toEqual([]);
  await desk.close();
  rmSync(everything, { recursive: true, force: true });
});

describe('the search itself', () => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const inBase64 = (text: string, before: string) => Buffer.from(`${before}${text}zz`).toString('base64');
  const byBytes = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
  const spaced = (number: string, ...at: number[]) =>
    at.reduceRight((text, place) => `${text.slice(0, place)} ${text.slice(place)}`, number);
  const forms: readonly (readonly [string, (kept: (what: string) => string) => string | Buffer])[] = [
    ['UBRN, 4-4-4 with spaces', (kept) => spaced(kept('UBRN'), 4, 8)],
    ['UBRN, 4-4-4 with dashes', (kept) => spaced(kept('UBRN'), 4, 8).replaceAll(' ', '-')],
    ['UBRN in UTF-16LE', (kept) => utf16(kept('UBRN'))],
    ['UBRN in UTF-16BE', (kept) => utf16(kept('UBRN')).swap16()],
    ['UBRN in base64, first place', (kept) => inBase64(kept('UBRN'), 'abc')],
    ['UBRN in base64, second place', (kept) => inBase64(kept('UBRN'), 'a')],
    ['UBRN in base64, third place', (kept) => inBase64(kept('UBRN'), 'ab')],
    ['NHS number, plain', (kept) => kept('NHS number')],
    ['NHS number, 3-3-4 with spaces', (kept) => spaced(kept('NHS number'), 3, 6)],
    ['NHS number, 3-3-4 with dashes', (kept) => spaced(kept('NHS number'), 3, 6).replaceAll(' ', '-')],
    ['NHS number, percent-encoded', (kept) => encodeURIComponent(spaced(kept('NHS number'), 3, 6))],
    ['NHS number, percent-encoded by the byte', (kept) => byBytes(kept('NHS number'))],
    ['NHS number, 3-3-4 in UTF-16BE', (kept) => utf16(spaced(kept('NHS number'), 3, 6)).swap16()],
    ['family name in capitals', (kept) => kept('family name').toUpperCase()],
    [
      'family name in reversed case',
      (kept) => kept('family name').charAt(0).toLowerCase() + kept('family name').slice(1).toUpperCase(),
    ],
    ['address, percent-encoded', (kept) => encodeURIComponent(kept('address'))],
  ];

  it.each(forms)('finds a planted %s, and nothing where nothing is', (name, plant) => {
    const what = `the ${/^(UBRN|NHS number|family name|address)/.exec(name)?.[1]} of the booked patient`;
    const kept = (thing: string) => secrets.get(`the ${thing} of the booked patient`) ?? '';
    const folder = mkdtempSync(join(everything, 'planted-'));
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'clean'), `999 000 ${randomText()}`);
    expect(findInClear(secrets, readTree(folder))).toEqual([]);
    writeFileSync(
      join(folder, 'deep', 'planted'),
      Buffer.concat([Buffer.from('{"a":'), Buffer.from(plant(kept)), Buffer.from('"}')]),
    );
    expect(findInClear(secrets, readTree(folder))).toContain(`${what} in deep/planted`);
    rmSync(folder, { recursive: true });
  });

  it('finds a name of a file, a token and an access code', () => {
    const folder = mkdtempSync(join(everything, 'planted-'));
    writeFileSync(join(folder, `letter-${ubrn}.pdf`), '');
    const code = secrets.get('the access code') ?? '';
    writeFileSync(join(folder, 'notes'), `${secrets.get('the token')} ${code.slice(0, 4)}-${code.slice(4)}`);
    expect(findInClear(secrets, readTree(folder))).toEqual([
      `the UBRN of the booked patient in the name of letter-${ubrn}.pdf`,
      'the access code in notes',
      'the token in notes',
    ]);
    rmSync(folder, { recursive: true });
  });
});

const randomText = () => Math.random().toString(36).slice(2);

describe('after a booking and its letter', () => {
  it('leaves nothing in the storage of the page, its address or its title', async () => {
    const kept = await desk.page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        databases,
        document.title,
        location.href,
      ]);
    });
    expect(findInClear(secrets, new Map([['the page', Buffer.from(kept)]]))).toEqual([]);
    // The router writes its own empty note; nothing else may be kept, and that note must stay empty.
    expect(kept).toMatch(/^\[\{\},\{("vue-router:scroll":"\{\}")?\},"",\[\],/);
  });

  it('gives the page no token, by any channel or property', async () => {
    const held = await desk.page.evaluate(async () => {
      const { requests } = (
        window as unknown as {
          bookingDesk: { requests: Record<string, (input: object) => Promise<unknown>> };
        }
      ).bookingDesk;
      // Signing in, out or elsewhere would end what is looked at.
      const asked = Object.entries(requests).filter(([name]) => !/sign|lock|role/i.test(name));
      const answers = await Promise.all(asked.map(([, ask]) => ask({}).catch(() => null)));
      return JSON.stringify(answers);
    });
    expect(held.length).toBeGreaterThan(100);
    expect(
      findInClear(new Map([['token', desk.credentials[0] ?? '']]), new Map([['', Buffer.from(held)]])),
    ).toEqual([]);
    expect(held).not.toMatch(/bearer|session_key|sessionKey/i);
  });

  it('is gone from the page within a second of locking', async () => {
    await desk.press('Ctrl+L');
    await desk.page.waitForTimeout(1000);
    const page = await desk.page.evaluate(() => document.documentElement.outerHTML);
    expect(findInClear(secrets, new Map([['the locked page', Buffer.from(page)]]))).toEqual([]);
    await desk.press('Enter');
    await desk.page.locator('[data-pane="worklist"]').waitFor();
  });
});

describe('after a run offline, a crash and a restart', () => {
  beforeAll(async () => {
    await desk.press('Ctrl+1');
    await desk.shows(/\d+ referrals, read/);
    await goToWorklist(desk);
    const isBookable = plainlyBookable(desk.service);
    const booked = await openSlots(
      desk,
      (candidate) => isBookable(candidate) && candidate !== ubrn && hasRareName(candidate),
    );
    await waitForSlot(desk);
    await goToWorklist(desk);
    const deferred = await openSlots(desk, (candidate) => candidate === emptied.ubrn);
    await goToWorklist(desk);
    keepSecretsOf('the queued patient', booked);
    keepSecretsOf('the deferred patient', deferred);
    desk.line.pull();
    await queueBooking(desk, booked);
    await goToWorklist(desk);
    await openSlots(desk, (candidate) => candidate === deferred);
    await desk.press('Shift+F8');
    await desk.shows(/Queue this deferral/);
    await desk.type(spokenDigits(desk.service, deferred));
    const { world } = desk.service;
    const patient = world.findPatient(world.referral(deferred).nhsNumber);
    const comment = `Please ring the daughter of ${patient?.family} first`;
    secrets.set('the comment', comment);
    await desk.press('Tab');
    await desk.type(comment);
    await desk.press('Ctrl+Enter');
    await desk.shows(/NOT DEFERRED: queued/);
    await openOutbox(desk);
    await rowSays(desk, booked, /NOT BOOKED yet/);
    await rowSays(desk, deferred, /NOT DEFERRED yet/);
    await desk.crashAndRestart();
    desk.line.plugIn();
    await readWorklist(desk);
    await badgeSays(desk, /2 need you/);
    await openOutbox(desk);
    await rowSays(desk, deferred, /Expired NOT DEFERRED/);
    secrets.set('the token of the second start', desk.credentials.at(-1) ?? '');
    const storage = openSqliteStorage(join(desk.folder, 'booking-desk.sqlite'));
    copyNow({ storage, folder: desk.folder, clock: desk.clock });
    const [rows] = storage.all(
      'SELECT (SELECT count(*) FROM remembered) r, (SELECT count(*) FROM intent) i, (SELECT count(*) FROM print_log) p',
    );
    storage.close();
    expect(Number(rows?.['r'])).toBeGreaterThanOrEqual(5);
    expect(Number(rows?.['i'])).toBeGreaterThanOrEqual(3);
    expect(Number(rows?.['p'])).toBe(1);
  });

  it('leaves nothing in clear in the database and its side files, the copies, the logs, temporary files and profiles', () => {
    expect([...secrets].filter(([, secret]) => secret.length < 6)).toEqual([]);
    const tree = readTree(everything);
    const names = [...tree.keys()].filter((name) => !name.startsWith('the name'));
    // What the clerk asked to save, where they chose: the export of the print log names its patients.
    const saved = names.filter((name) => /\/downloads\/print-log-[\d-]+\.csv$/.test(name));
    expect(saved).toHaveLength(1);
    saved.forEach((name) => tree.delete(name));
    for (const part of [
      /\.sqlite$/,
      /-wal$/,
      /-shm$/,
      /\/copies\/.+\.sqlite$/,
      /\/logs\//,
      /\/profile-[12]\//,
    ])
      expect(names.filter((name) => part.test(name)).length, String(part)).toBeGreaterThan(0);
    const bytes = [...tree.values()].reduce((sum, { length }) => sum + length, 0);
    console.log(
      `searched ${names.length} files, ${Math.round(bytes / 1024)} KB, for ${secrets.size} secrets`,
    );
    expect(findInClear(secrets, tree)).toEqual([]);
  });

  it('names no other patient of the remembered list either', () => {
    const { world } = desk.service;
    const others = world.listReferrals().flatMap((referral): [string, string][] => [
      [`UBRN ${referral.ubrn}`, referral.ubrn],
      [`NHS number ${referral.nhsNumber}`, referral.nhsNumber],
    ]);
    const data = readTree(desk.folder);
    expect(others.length).toBeGreaterThan(400);
    const found = others.filter(([, number]) => {
      const plain = [Buffer.from(number), Buffer.from(number, 'utf16le')];
      return [...data.values()].some((bytes) => plain.some((form) => bytes.includes(form)));
    });
    expect(found).toEqual([]);
  });

  it('shows nothing of it before the next person has signed in', async () => {
    await desk.crashAndRestart();
    await desk.shows(/Sign in/);
    const page = await desk.page.evaluate(() => document.documentElement.outerHTML);
    expect(findInClear(secrets, new Map([['the sign-in screen', Buffer.from(page)]]))).toEqual([]);
  });
});
