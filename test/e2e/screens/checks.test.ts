import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { findAccessFaults, findPictureFaults, findZoomFaults, unzoom } from './checks.ts';
import { openPictureDesk, prepare } from './describe-screens.ts';
import { SCREENS, type ScreenState } from './registry.ts';

let desk: ClerkDesk;
beforeAll(async () => {
  desk = await openPictureDesk();
});
afterAll(() => desk.close());

describe('the checks of every screen', () => {
  const first = SCREENS.find((state) => state.name === 'worklist--ready') as ScreenState;

  it('find a control without a name', async () => {
    await prepare(desk, first);
    await first.reach(desk);
    await desk.page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await findAccessFaults(desk.page)).join()).toContain('button-name');
  });

  it('find what does not fit at 200 % zoom', async () => {
    await desk.page.evaluate(() => {
      const wide = document.createElement('button');
      wide.textContent = 'wide';
      wide.style.cssText = 'position: absolute; left: 900px; width: 400px';
      document.body.append(wide);
    });
    expect(await findZoomFaults(desk.page)).not.toEqual([]);
    await unzoom(desk.page);
  });

  it('find a picture that shows nothing', async () => {
    await desk.page.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position: fixed; inset: 0; background: white; z-index: 9999';
      document.body.append(cover);
    });
    const picture = await desk.page.screenshot();
    expect(await findPictureFaults(desk.page, picture, first.shows)).not.toEqual([]);
  });
});
