/** The page that is printed where only Electron can print, in the browser that Electron is made of. */
import PDFDocument from 'pdfkit';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBrowserArguments } from '../../src-main/hosts/chromium/browser-arguments.ts';
import { findBrowser } from '../../src-main/hosts/chromium/find-browser.ts';
import { STOP_INJECTED_CODE } from '../../src-main/hosts/electron/security/stop-injected-code.ts';
import { answerRendererRequest, type RendererFiles } from '../../src-main/hosts/renderer-files.ts';
import { readBuiltInterface } from '../support/host-fixture.ts';
import { isMissing } from '../support/missing-parts.ts';

const ORIGIN = 'https://print.invalid';
const ROOT = process.platform === 'linux' && process.getuid?.() === 0;

function makePdf(pages: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const pdf = new PDFDocument({ size: 'A4', autoFirstPage: false });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    for (let page = 1; page <= pages; page += 1) {
      pdf.addPage();
      pdf.rect(100, 100 * page, 200, 50).fill('black');
    }
    pdf.end();
  });
}

/** How many sheets a page takes on paper of a format. */
async function countSheets(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loaded = await getDocument({ data: new Uint8Array(await page.pdf({ format })) }).promise;
  const { numPages } = loaded;
  await loaded.loadingTask.destroy();
  return numPages;
}

describe.skipIf(isMissing('chromium'))('the page for printing', () => {
  let browser: Browser;
  let files: RendererFiles;
  const faults: string[] = [];

  beforeAll(async () => {
    const executablePath = findBrowser();
    files = await readBuiltInterface();
    if (!executablePath) throw new Error('an installed Chromium, Chrome or Edge is needed');
    const args = makeBrowserArguments({ isHeadless: false, isRoot: ROOT });
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());

  async function openPage(): Promise<Page> {
    const page = await browser.newPage();
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.route('**/*', async (route) => {
      const request = route.request();
      const asked = { method: request.method(), url: request.url() };
      const { status, headers, body } = answerRendererRequest(files, ORIGIN, asked);
      const guarded = { ...headers, ...STOP_INJECTED_CODE };
      await route.fulfill({ status, headers: guarded, body: Buffer.from(body) });
    });
    await page.goto(`${ORIGIN}/print.html`);
    return page;
  }

  const draw = (page: Page, pdf: Buffer) =>
    page.evaluate(`drawLetter("Letter 1", "${pdf.toString('base64')}")`) as Promise<number>;

  it('puts each page of a letter on a sheet of its own, whole, whatever the paper', async () => {
    const page = await openPage();
    expect(await draw(page, await makePdf(2))).toBe(2);
    expect(await page.title()).toBe('Letter 1');
    // The corner and the middle of the black box of each page, at 300 dots to the inch.
    const isBlack = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')].map((canvas, at) => {
        const dot = (points: number) => Math.round((points / 72) * 300);
        const pixels = canvas.getContext('2d');
        const redAt = (x: number, y: number) => pixels?.getImageData(dot(x), dot(y), 1, 1).data[0];
        return [canvas.width, redAt(200, 100 * (at + 1) + 25), redAt(90, 100 * (at + 1) + 25)];
      }),
    );
    expect(isBlack).toEqual([1, 2].map(() => [2480, 0, 255]));
    for (const format of ['A4', 'Letter'] as const) expect(await countSheets(page, format)).toBe(2);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('draws nothing of what has more pages than a letter, and throws at what is no PDF', async () => {
    const page = await openPage();
    expect(await draw(page, await makePdf(21))).toBe(0);
    await expect(draw(page, Buffer.from('<html>'))).rejects.toThrow();
    expect(await page.locator('canvas').count()).toBe(0);
    await page.close();
  });
});
