import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { drawSeed, plainlyBookable, spokenDigits } from './support/truth.ts';

const seed = drawSeed();
let desk: ClerkDesk;
let ubrn: string;
/** What must be nowhere: the patient, the referral, the access code, the token. */
let secrets: ReadonlyMap<string, string>;

/** The forms in which a secret could lie about: as it is, grouped, in UTF-16, percent-encoded, base64 at any offset. */
function formsOf(secret: string): Buffer[] {
  const grouped =
    secret.length === 12
      ? secret.replace(/(.{4})(.{4})(.{4})/, '$1 $2 $3')
      : secret.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
  const texts = [
    secret,
    grouped,
    grouped.replaceAll(' ', '-'),
    grouped.replaceAll(' ', '\u00a0'),
    encodeURIComponent(grouped),
  ];
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2),
  );
  return [...new Set([...texts, ...base64])].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
  ]);
}

function findSecrets(haystacks: ReadonlyMap<string, Buffer>): string[] {
  return [...secrets].flatMap(([what, secret]) =>
    [...haystacks].flatMap(([place, bytes]) =>
      formsOf(secret).some((form) => form.length > 3 && bytes.includes(form)) ? [`${what} in ${place}`] : [],
    ),
  );
}

function readTree(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  return new Map(
    files
      .filter((file) => statSync(file).isFile())
      .flatMap(
        (file) =>
          [
            [file, readFileSync(file)],
            [`the name of ${file}`, Buffer.from(file)],
          ] as [string, Buffer][],
      ),
  );
}

beforeAll(async () => {
  desk = await openClerkDesk({ seed });
  await desk.signIn();
  await desk.shows(/\d+ referrals, read/);
  ubrn = await desk.selectBefore(plainlyBookable(desk.service));
  await desk.press('ArrowDown', 'Enter', 'F7');
  await desk.page.locator('[id^="slot-"]').first().waitFor();
  await desk.press('Enter', 'Shift+F7');
  await desk.shows(/day and month of birth/);
  await desk.type(spokenDigits(desk.service, ubrn));
  await desk.press('Ctrl+Enter');
  await desk.shows(/Booked (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d-/);
  await desk.press('F9');
  await desk.page.locator('[data-drawn="true"]').first().waitFor();
  await desk.press('F8', 'Ctrl+U');
  await desk.shows(/Access code:? [A-Z0-9]{4}/i);
  const code = /Access code:?\s*([A-Z0-9]{4}\s?[A-Z0-9]{4})/i.exec(await desk.text())?.[1] ?? '';
  const { world } = desk.service;
  const { nhsNumber } = world.referral(ubrn);
  const patient = world.findPatient(nhsNumber);
  const identity = await desk.ports.sessionProvider.obtain();
  secrets = new Map([
    ['the NHS number', nhsNumber],
    ['the UBRN', ubrn],
    ['the family name', patient?.family ?? ''],
    ['the address', patient?.address[0] ?? ''],
    ['the access code', code.replace(/\s/g, '')],
    ['the grouped access code', code],
    ['the token', identity.ok && identity.value.kind === 'bearer' ? identity.value.token : ''],
  ]);
});
afterAll(() => desk.close());

describe('after a booking and its letter', () => {
  it('knows what to search for, and finds a planted one', () => {
    expect([...secrets.values()].every((secret) => secret.length > 3)).toBe(true);
    const planted = `log line ${Buffer.from(`xx${ubrn}`).toString('base64')}`;
    expect(findSecrets(new Map([['planted', Buffer.from(planted)]]))).toEqual(['the UBRN in planted']);
    expect(findSecrets(new Map([['planted', Buffer.from(ubrn, 'utf16le')]]))).toEqual([
      'the UBRN in planted',
    ]);
  });

  it('leaves nothing in clear in the database, the log or a file name', () => {
    const tree = readTree(desk.folder);
    expect([...tree.keys()].some((name) => name.endsWith('.sqlite'))).toBe(true);
    expect([...tree.keys()].some((name) => name.includes('logs'))).toBe(true);
    expect(findSecrets(tree)).toEqual([]);
  });

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
    expect(findSecrets(new Map([['the page', Buffer.from(kept)]]))).toEqual([]);
    // The router writes its own empty note; nothing else may be kept, and that note must stay empty.
    expect(kept).toMatch(/^\[\{\},\{("vue-router:scroll":"\{\}")?\},"",\[\],/);
  });

  it('gives the page no token, by any channel or property', async () => {
    const token = secrets.get('the token') ?? '';
    const held = await desk.page.evaluate(async () => {
      const { requests } = (
        window as unknown as {
          bookingDesk: { requests: Record<string, (input: object) => Promise<unknown>> };
        }
      ).bookingDesk;
      const answers = await Promise.all(Object.values(requests).map((ask) => ask({}).catch(() => null)));
      return JSON.stringify(answers);
    });
    expect(held.length).toBeGreaterThan(100);
    expect(held).not.toContain(token);
    expect(held).not.toMatch(/bearer|session_key|sessionKey/i);
  });

  it('is gone from the page within a second of locking', async () => {
    await desk.press('Ctrl+L');
    await desk.page.waitForTimeout(1000);
    const page = await desk.page.evaluate(() => document.documentElement.outerHTML);
    expect(findSecrets(new Map([['the locked page', Buffer.from(page)]]))).toEqual([]);
  });
});
