import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openClerkDesk, type ClerkDesk } from './support/open-clerk-desk.ts';
import { readTree } from './support/read-tree.ts';
import { takeSeed } from './support/truth.ts';

vi.setConfig({ testTimeout: 240_000 });
const seed = takeSeed();
let desk: ClerkDesk;
afterEach(() => desk.close());

/** What every file of the training world says, and nothing else does. */
const MARK = 'not a real document';

/** Waits for the picture, and for what is on it: dark marks on a light ground. */
async function isDrawn(): Promise<void> {
  await desk.page.locator('canvas[data-drawn="true"]').first().waitFor();
  await desk.page.waitForFunction(() => {
    const canvas = document.querySelector('canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const reds = data.filter((_, at) => at % 4 === 0);
    return reds.some((red) => red < 0x60) && reds.filter((red) => red > 0xe0).length > reds.length / 2;
  });
  expect(await desk.text()).not.toContain('could not be drawn');
}

async function openListed(dialect: 'api-platform' | 'spine-session' = 'api-platform'): Promise<string> {
  desk = await openClerkDesk({ seed, dialect, keepsProfile: true });
  await desk.signIn();
  const [ubrn = ''] = desk.service.world.findScene('with-attachments');
  await desk.press('F2');
  await desk.type(ubrn);
  await desk.press('Enter');
  await desk.shows(/last 4 digits|Shortlist/);
  if (/last 4 digits/.test(await desk.text())) {
    await desk.type(desk.service.world.referral(ubrn).nhsNumber.slice(-4));
    await desk.press('Enter');
  }
  await desk.shows(/Clinical information and attachments/);
  return ubrn;
}

/** Opens the file of that place in the list, from the referral. */
async function openFile(place: number): Promise<void> {
  await desk.press('Ctrl+O', 'Home', ...Array.from({ length: place }, () => 'ArrowDown'), 'Enter');
}

describe('the files of a referral, by keyboard alone', () => {
  it('are shown as what they are: PDF, picture, text', async () => {
    await openListed();
    await openFile(0);
    await desk.shows(/Clinical information/);
    await isDrawn();
    await desk.press('F8');
    await desk.shows(/has had symptoms|No clinical information has been added/);
    await desk.press('Escape');
    await openFile(1);
    await desk.shows(/a PDF, .* page 1 of 1/);
    await isDrawn();
    await desk.press('F8');
    await desk.shows(new RegExp(MARK));
    await desk.press('Escape');
    await openFile(5);
    await desk.shows(/a picture \(PNG\)/);
    await isDrawn();
    expect(await desk.page.locator('#centre :is(img, iframe, object, embed)').count()).toBe(0);
    await desk.press('Escape');
    await openFile(6);
    await desk.shows(new RegExp(MARK));
    expect(desk.pageErrors).toEqual([]);
  });

  it('are only saved when they are anything else, and then under the desk’s own name', async () => {
    await openListed();
    await openFile(7);
    await desk.shows(/It is a Word document/);
    expect(await desk.text()).not.toMatch(new RegExp(MARK));
    await desk.press('Ctrl+S');
    await desk.shows(/Saved\. The desk does not open it\./);
    const folder = join(desk.runFolder, 'downloads');
    expect(readdirSync(folder)).toEqual(['referral-attachment-7.docx']);
    expect(readFileSync(join(folder, 'referral-attachment-7.docx')).subarray(0, 2).toString()).toBe('PK');
    // Read once and saved: e-RS was asked for it once.
    expect(desk.service.calls.count('A042')).toBe(1);
  });

  it('say why they cannot be had, and are not asked for again meanwhile', async () => {
    await openListed();
    for (const [place, words] of [
      [2, /still being checked for threats/],
      [3, /threat/i],
      [4, /failed its check/],
    ] as const) {
      await openFile(place);
      await desk.shows(words);
      await desk.press('F5', 'Escape');
    }
    expect(desk.service.calls.count('A042')).toBe(0);
  });

  it('leave the window at a lock, and the disk never has them', async () => {
    await openListed();
    await openFile(6);
    await desk.shows(new RegExp(MARK));
    await desk.press('Ctrl+L');
    await desk.shows(/[Ll]ocked/);
    expect(await desk.page.content()).not.toContain(MARK);
    expect(existsSync(join(desk.runFolder, 'downloads'))).toBe(false);
    const held = [...readTree(desk.runFolder)].filter(([, bytes]) => bytes.includes(MARK));
    expect(held.map(([place]) => place)).toEqual([]);
  });
});

it('a PDF that states a page of kilometres and a script gets a page of ours and no script', async () => {
  await openListed();
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\); window.wasRun = 1;) >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100000 900000] >>',
  ].map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`);
  const pdf = `%PDF-1.4\n${objects.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`;
  desk.scripted.script('attachments/read', {
    ok: true,
    value: {
      ...{ name: 'large.pdf', kind: 'pdf', mediaType: 'application/pdf', bytes: pdf.length },
      ...{ content: Buffer.from(pdf).toString('base64'), fetchedAt: '2026-11-23T10:40:00.000Z' },
    },
  } as never);
  await openFile(1);
  await desk.page.locator('canvas[data-drawn="true"]').waitFor();
  const [pixels, wasRun] = await desk.page.evaluate(() => {
    const { width, height } = document.querySelector('canvas') ?? { width: 0, height: 0 };
    return [width * height, 'wasRun' in window];
  });
  expect([wasRun, desk.pageErrors]).toEqual([false, []]);
  expect(pixels).toBeLessThan(16_100_000);
  expect(pixels).toBeGreaterThan(1000);
});

it('in the spine dialect come from A006, and too large a one is refused in words', async () => {
  await openListed('spine-session');
  await openFile(5);
  await desk.shows(/a picture \(PNG\)/);
  await desk.press('Escape');
  await openFile(8);
  await desk.shows(/too large for this connection/);
  expect([desk.service.calls.count('A042'), desk.service.calls.count('A006')]).toEqual([0, 2]);
});

it('the details of the shortlisted services come from e-RS, and go with Esc', async () => {
  await openListed();
  await desk.press('Ctrl+D');
  await desk.shows(/Details of \d+ services?\./);
  await desk.shows(/Service number/);
  await desk.press('Escape');
  expect(await desk.text()).toMatch(/Clinical information and attachments/);
  expect(await desk.text()).not.toMatch(/Service number/);
  await desk.press('Escape');
  await desk.shows(/Choose a referral|worklist|Worklist/);
});
