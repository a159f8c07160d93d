/** The three checks of every screen: accessible, whole at 200 % zoom, and a picture that shows something. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const VIEWPORT = { width: 1440, height: 900 };
/** 1280 × 1024 at 200 %: the CSS pixels that are left. */
const ZOOMED = { width: 640, height: 512 };

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Waits until the page stands still: fonts there, transitions over, what they set off drawn. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await document.fonts.ready;
    await frame();
    await frame();
    const moving = document.getAnimations().filter(({ effect }) => {
      const { iterations } = effect?.getComputedTiming() ?? {};
      return iterations !== Infinity;
    });
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await frame();
  });
}

/** Faults that axe-core finds, as `rule: element`. */
export async function findAccessFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} }, resultTypes: ['violations'] })`,
  )) as AxeResult;
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
}

/** What does not fit at 200 % zoom: a page that scrolls sideways, or a control cut off at the side. */
export async function findZoomFaults(page: Page): Promise<string[]> {
  await page.setViewportSize(ZOOMED);
  await settle(page);
  const faults = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth + 1 ? [`the page is ${scrollWidth} wide in ${clientWidth}`] : [];
    const scrolls = (element: Element | null): boolean => {
      if (element === null || element === document.body) return false;
      const { overflowX } = getComputedStyle(element);
      return overflowX === 'auto' || overflowX === 'scroll' || scrolls(element.parentElement);
    };
    for (const control of document.querySelectorAll('button, input, select, a[href], [role="option"]')) {
      const box = control.getBoundingClientRect();
      const isSeen = box.width > 1 && box.height > 1 && getComputedStyle(control).visibility === 'visible';
      if (isSeen && box.right > clientWidth + 1 && !scrolls(control.parentElement))
        found.push(`cut off: ${control.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
  return faults;
}

/** Puts the window back to its size. */
export async function unzoom(page: Page): Promise<void> {
  await page.setViewportSize(VIEWPORT);
  await settle(page);
}

/** Faults of a picture: nothing on it, or not what the screen is to show. */
export async function findPictureFaults(page: Page, png: Uint8Array, shows: RegExp): Promise<string[]> {
  const faults = countDistinctRows(png) < 40 ? ['the picture is blank'] : [];
  const text = await page.evaluate(() => document.body.innerText.replaceAll('\u00a0', ' '));
  if (!shows.test(text)) faults.push(`the page does not show ${shows}`);
  const isCovered = await page.evaluate(() => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return (
      middle === null ||
      ((middle.textContent ?? '').trim() === '' && middle === document.body.lastElementChild)
    );
  });
  if (isCovered) faults.push('something empty covers the page');
  return faults;
}

/** How many different rows of pixels a PNG has: a blank one has one or two. */
function countDistinctRows(png: Uint8Array): number {
  const bytes = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const raw = inflateSync(Buffer.concat(parts));
  const rowBytes = raw.length / height;
  if (!Number.isInteger(rowBytes) || width === 0) throw new Error('not a picture');
  const rows = Array.from({ length: height }, (_, row) =>
    raw.toString('latin1', row * rowBytes, (row + 1) * rowBytes),
  );
  return new Set(rows).size;
}
