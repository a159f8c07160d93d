import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../src-main/app/create-app.ts';
import { composeTrainingDesk } from '../../src-main/hosts/compose-training-ports.ts';
import {
  createUnavailableDialogs,
  createUnavailableFiles,
} from '../../src-main/adapters/node/unavailable-devices.ts';
import { findBrowser } from '../../src-main/hosts/chromium/find-browser.ts';
import { openWindow } from '../../src-main/hosts/chromium/open-window.ts';
import type { CdpSession } from '../../src-main/hosts/chromium/pipe-connection.ts';
import { readRendererFiles } from '../../src-main/hosts/renderer-files.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface DemoDesk {
  readonly session: CdpSession;
  /** Referrals that can be booked at a service with free slots. */
  readonly bookable: readonly string[];
  /** How many calls of a catalogue id the training service saw. */
  countCalls(id: string): number;
  close(): Promise<void>;
}

/** The product on its Chromium host, headless, over a training world of the given seed. */
export async function openDemoDesk({ folder, seed }: { folder: string; seed: number }): Promise<DemoDesk> {
  const browserPath = findBrowser();
  if (!browserPath) throw new Error('No Chromium, Chrome or Edge is installed');
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
    readonly version: string;
  };
  const { ports, service } = composeTrainingDesk({
    options: { environment: 'training', dialect: 'api-platform', seed, dataDir: folder },
    folder,
    host: 'chromium',
    version,
    dialogs: createUnavailableDialogs(),
    files: createUnavailableFiles(),
  });
  const app = createApp(ports);
  await app.start();
  const window = await openWindow({
    app,
    browserPath,
    files: await readRendererFiles(fromRoot('dist/renderer')),
    pageScript: await readFile(fromRoot('dist/preload/page-script.js'), 'utf8'),
    folder,
    log: ports.log,
    isHeadless: true,
  });
  const size = { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false };
  await window.session.send('Emulation.setDeviceMetricsOverride', size);
  return {
    session: window.session,
    bookable: service.world.findScene('bookable'),
    countCalls: (id) => service.calls.count(id),
    async close() {
      await window.close();
      await app.stop();
    },
  };
}
