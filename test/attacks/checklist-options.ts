/** Each option alone: one of several in a file, a fuse, a switch, a preference without a file of its own. */
import type { Tries } from './attack.ts';
import type { Item } from './checklist.ts';

const at = (name: string) => `src-main/hosts/electron/security/${name}.ts`;
const by = (file: string, name: string): Tries => ({
  file: `test/hosts/electron/${file}.test.ts`,
  names: [name],
});
const PREFERENCES = by('run-desk', 'is opened on the interface with every preference stated');
const FUSES = by('hardening', 'has all nine fuses decided');
const STOPS = by('run-desk', 'opens nothing, goes nowhere and takes no webview');
const PERMISSIONS = by('run-desk', 'denies every permission');
const SIGN_IN = by('hardening', 'a page never signs in with a certificate or a password');

type Row = readonly [item: Item['item'], stops: string, name: string, from: string, to: string, test: Tries];

const turned = (option: string) => option.replace(/true|false/, (value) => String(value !== 'true'));
const preference = (item: Item['item'], name: string, option: string): Row => [
  ...([item, `the preference ${option}`, name, option, turned(option), PREFERENCES] as const),
];
const fuse = (option: string): Row => [
  ...([19, `the fuse ${option}`, 'fuse-states', option, turned(option), FUSES] as const),
];
const switched = (item: Item['item'], name: string, word: string): Row => [
  ...([item, `the switch --${word}`, name, `'${word}',`, ''] as const),
  by('main', `does not start in a package with --${word}`),
];

const ROWS: readonly Row[] = [
  preference(2, 'deny-node-in-pages', 'nodeIntegration: false'),
  preference(2, 'deny-node-in-pages', 'nodeIntegrationInSubFrames: false'),
  preference(4, 'sandbox-pages', 'sandbox: true'),
  preference(11, 'deny-webview-tag', 'plugins: false'),
  preference('more', 'harden-web-preferences', 'navigateOnDragDrop: false'),
  preference('more', 'harden-web-preferences', 'spellcheck: false'),
  [
    ...(['more', 'developer tools in a package', 'harden-web-preferences'] as const),
    ...([
      'devTools: !isPackaged',
      'devTools: true',
      by('run-desk', 'has no developer tools in a package'),
    ] as const),
  ],
  [5, 'permissions on request', 'deny-permissions', 'answer(false)', 'answer(true)', PERMISSIONS],
  [
    ...([5, 'devices', 'deny-permissions'] as const),
    ...([
      'setDevicePermissionHandler(() => false)',
      'setDevicePermissionHandler(() => true)',
      PERMISSIONS,
    ] as const),
  ],
  [5, 'screens', 'deny-permissions', 'answer({})', "answer({ audio: 'loopback' })", PERMISSIONS],
  [13, 'a page that goes elsewhere', 'deny-navigation', "'will-navigate'", "'will-never'", STOPS],
  [13, 'a frame that goes elsewhere', 'deny-navigation', "'will-frame-navigate'", "'will-never'", STOPS],
  [13, 'a redirect', 'deny-navigation', "'will-redirect'", "'will-never'", STOPS],
  fuse('EnableCookieEncryption: true'),
  fuse('EnableNodeOptionsEnvironmentVariable: false'),
  fuse('EnableNodeCliInspectArguments: false'),
  fuse('EnableEmbeddedAsarIntegrityValidation: true'),
  fuse('OnlyLoadAppFromAsar: true'),
  fuse('LoadBrowserProcessSpecificV8Snapshot: false'),
  fuse('GrantFileProtocolExtraPrivileges: false'),
  fuse('WasmTrapHandlers: true'),
  switched(10, 'deny-blink-features', 'enable-blink-test-features'),
  switched(10, 'deny-blink-features', 'enable-experimental-web-platform-features'),
  switched('more', 'refuse-debug-switches', 'inspect-brk'),
  switched('more', 'refuse-debug-switches', 'inspect-port'),
  switched('more', 'refuse-debug-switches', 'js-flags'),
  switched('more', 'refuse-debug-switches', 'load-extension'),
  switched('more', 'refuse-debug-switches', 'remote-debugging-address'),
  switched('more', 'refuse-debug-switches', 'remote-debugging-pipe'),
  switched('more', 'refuse-debug-switches', 'remote-debugging-port'),
  switched('more', 'refuse-debug-switches', 'remote-allow-origins'),
  [
    'more',
    'certificates of the machine',
    'refuse-bad-certificates',
    "'select-client-certificate'",
    "'never'",
    SIGN_IN,
  ],
  ['more', 'passwords for a page', 'refuse-bad-certificates', "'login'", "'never'", SIGN_IN],
  [
    ...(['more', 'files from outside', 'ignore-deep-links', "'open-file'", "'never'"] as const),
    by('hardening', 'an address or a file opens nothing'),
  ],
];

export const OPTIONS: readonly Item[] = ROWS.map(([item, stops, name, from, to, test]) => ({
  ...{ item, stops, file: at(name), remove: [[from, to]], test },
}));
