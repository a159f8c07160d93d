/** The check of the desk: all well, with faults, and before a sign-in. */
import type { CheckId, CheckResult, Verdict } from '../../../src-main/contract/channels/diagnostics.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import type { ClerkDesk } from '../support/open-clerk-desk.ts';
import { listRead } from './reach.ts';
import type { ScreenState } from './registry.ts';

type Found = readonly [Verdict, string, Record<string, string | number>?];

const DISK = { freeMb: 81_920, databaseMb: 3.1, copies: 7, lastCopyAt: '2026-11-23T02:00:10.000Z' };
const VERSIONS = {
  ...{ app: '1.0.0', engine: 'Electron 45.4.1, Chromium 150.0.7871.46', node: '24.15.0' },
  ...{ system: 'Windows_NT 10.0.26100', dialect: 'api-platform', environment: 'live' },
};

const WELL: Readonly<Record<CheckId, Found>> = {
  network: ['ok', 'ers-answers', { host: 'api.service.nhs.uk', milliseconds: 84 }],
  proxy: ['ok', 'proxy-answers', { proxy: 'proxy.trust.nhs.uk:8080' }],
  'sign-in': ['ok', 'sign-in-ready'],
  reader: ['ok', 'card-in-reader', { readers: 1, cards: 1, first: 'Omnikey CardMan 3121 00 00' }],
  clock: ['ok', 'clock-right', { readings: 12, lowestMs: -210, highestMs: 180 }],
  keyring: ['ok', 'keys-there', { place: 'keyring' }],
  disk: ['ok', 'disk-fine', DISK],
  audit: ['ok', 'audit-whole', { entries: 4_812 }],
  printer: ['ok', 'printers-ready', { printers: 2, stopped: 0, default: 'Letters' }],
  versions: ['ok', 'versions', VERSIONS],
  updates: ['ok', 'newest-installed'],
};

const ILL: typeof WELL = {
  ...WELL,
  network: ['fail', 'portal-answers', { host: 'api.service.nhs.uk' }],
  proxy: ['warn', 'system-proxy-not-used', { proxy: 'proxy.trust.nhs.uk:8080' }],
  'sign-in': ['fail', 'sign-in-no-answer'],
  reader: ['fail', 'no-reader', { readers: 0, cards: 0 }],
  clock: ['warn', 'clock-off', { readings: 9, lowestMs: 3_100, highestMs: 3_900 }],
  keyring: ['fail', 'no-keyring', { place: 'keyring' }],
  disk: ['fail', 'writes-off', { reason: 'no-keyring', ...DISK }],
  audit: ['unknown', 'audit-not-open'],
  printer: ['warn', 'some-printers-stopped', { printers: 2, stopped: 1, default: 'Letters' }],
};

/** Answers with these; a check named in `silent` gives no answer. */
function script(desk: ClerkDesk, found: typeof WELL, silent: CheckId | null = null): void {
  desk.scripted.script('diagnostics/run-check', async (input) => {
    const { id } = input as { readonly id: CheckId };
    if (id === silent) return new Promise(() => undefined);
    const [verdict, code, facts = {}] = found[id];
    const result: CheckResult = {
      ...{ id, verdict, code },
      facts: Object.entries(facts).map(([name, value]) => ({ name, value })),
    };
    return ok(result);
  });
}

export const DIAGNOSTICS_SCREENS: readonly ScreenState[] = [
  {
    name: 'diagnostics--all-well',
    shows: /All is well/,
    async reach(desk) {
      await listRead(desk);
      script(desk, WELL);
      await desk.press('Ctrl+F1');
    },
  },
  {
    name: 'diagnostics--faults',
    shows: /5 checks not working, 4 checks to look at/,
    async reach(desk) {
      await listRead(desk);
      script(desk, ILL);
      await desk.press('Ctrl+F1');
    },
  },
  {
    name: 'diagnostics--before-sign-in',
    isSignedOut: true,
    shows: /1 check still running/,
    async reach(desk) {
      await desk.shows(/Sign in/);
      script(desk, WELL, 'network');
      await desk.press('Ctrl+F1');
    },
  },
];
