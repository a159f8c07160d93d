import type { WebContents, WebPreferences } from 'electron';
import type { Log } from '../../../app/ports.ts';
import { hardenWebPreferences } from './harden-web-preferences.ts';

/** Electron has it and its types have not. */
type Reporting = WebContents & { getLastWebPreferences?(): WebPreferences | null };

/** The preferences that Electron reports back of contents that exist. */
const REPORTED = [
  'allowRunningInsecureContent',
  'contextIsolation',
  'enableBlinkFeatures',
  'experimentalFeatures',
  'nodeIntegration',
  'nodeIntegrationInSubFrames',
  'sandbox',
  'webSecurity',
  'webviewTag',
] as const satisfies readonly (keyof WebPreferences)[];

/**
 * Asserts at run time what contents were made with, not what was asked for: a preference that is reported and unsafe
 * closes them before they load anything (checklist 2 to 4, 6, 8 to 11). Contents of Electron's own report none.
 */
export function closeUnsafeContents(contents: WebContents, log: Log): void {
  const reported = (contents as Reporting).getLastWebPreferences?.();
  const wanted = hardenWebPreferences('', true);
  const unsafe = REPORTED.find((name) => reported?.[name] !== undefined && reported[name] !== wanted[name]);
  if (unsafe === undefined) return;
  log.write('error', 'unsafe-contents-closed', { reason: unsafe });
  contents.close();
}
