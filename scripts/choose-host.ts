/** Which host `npm start` uses: Electron where its binary is, else an installed browser. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSER_VARIABLE, findBrowser } from '../src-main/hosts/chromium/find-browser.ts';
import { ensureSystemParts } from './ensure-system-parts.ts';

export type HostName = 'electron' | 'chromium';

export type ChosenHost =
  | { readonly name: 'electron'; readonly binary: string }
  | { readonly name: 'chromium'; readonly binary: string };

const electronFolder = fileURLToPath(new URL('../node_modules/electron/', import.meta.url));

/** The Electron binary in `node_modules`, or null: the package alone does not bring it. */
export function findElectron(folder: string = electronFolder): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Runs Electron's own installer, which downloads the binary and checks it against the package's checksums. */
function fetchElectron(): void {
  process.stderr.write('Fetching the Electron binary\n');
  spawnSync(process.execPath, [join(electronFolder, 'install.js')], { stdio: 'inherit' });
}

const WHAT_TO_INSTALL = [
  'Nothing to run in was found. Either',
  '  - fetch Electron:    npm start -- --fetch-electron   (needs https://github.com), or',
  '  - install a browser: Chromium, Google Chrome or Microsoft Edge (Debian: sudo apt-get install chromium), or',
  `  - name one:          ${BROWSER_VARIABLE}=/path/to/browser npm start`,
].join('\n');

function chooseElectron(mayFetch: boolean): ChosenHost | null {
  if (!findElectron() && mayFetch) fetchElectron();
  const binary = findElectron();
  return binary ? { name: 'electron', binary } : null;
}

function chooseChromium(mayInstall: boolean): ChosenHost | null {
  if (!findBrowser() && process.platform === 'linux') ensureSystemParts(['chromium'], { mayInstall });
  const binary = findBrowser();
  return binary ? { name: 'chromium', binary } : null;
}

/** The host to start; throws, saying exactly what to install, when there is none. */
export function chooseHost(
  forced: HostName | null,
  { mayFetch, mayInstall }: { readonly mayFetch: boolean; readonly mayInstall: boolean },
): ChosenHost {
  const electron = forced === 'chromium' ? null : chooseElectron(mayFetch);
  if (electron) return electron;
  if (forced === 'electron') {
    throw new Error('Electron is not here. Fetch it with: npm start -- --host electron --fetch-electron');
  }
  const chromium = chooseChromium(mayInstall);
  if (chromium) return chromium;
  throw new Error(WHAT_TO_INSTALL);
}
