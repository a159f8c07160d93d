/** The checklist of 20 (safety.md, "Electron checklist and our bar"): each item's file, and the test that misses it. */
import type { Tries } from './attack.ts';

export interface Item {
  /** The number of the checklist; the others harden what it leaves open. */
  readonly item: number | 'more';
  readonly stops: string;
  /** Where its code is. */
  readonly file: string;
  /** Takes the effect out and leaves everything that imports the file working. */
  readonly remove: readonly (readonly [from: string, to: string])[];
  readonly test: Tries;
}

const HOST = 'test/hosts/electron/run-desk.test.ts';
const HARDENED = 'test/hosts/electron/hardening.test.ts';
const MAIN = 'test/hosts/electron/main.test.ts';
const at = (name: string) => `src-main/hosts/electron/security/${name}.ts`;
const by = (file: string, name: string): Tries => ({ file, names: [name] });
const PREFERENCES = by(HOST, 'is opened on the interface with every preference stated');

export const CHECKLIST: readonly Item[] = [
  {
    item: 1,
    stops: 'content of another place',
    file: at('deny-foreign-requests'),
    remove: [
      [
        'const cancel = !isAllowed(details.url, isPackaged);',
        'const cancel = isAllowed(details.url, isPackaged) && false;',
      ],
    ],
    test: by(HOST, 'cancels every request that is not the interface'),
  },
  {
    item: 2,
    stops: 'Node in a page',
    file: at('deny-node-in-pages'),
    remove: [['nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true']],
    test: PREFERENCES,
  },
  {
    item: 3,
    stops: 'a page in the world of the preload',
    file: at('isolate-preload'),
    remove: [['contextIsolation: true', 'contextIsolation: false']],
    test: PREFERENCES,
  },
  {
    item: 3,
    stops: 'a preload that is not isolated at run time',
    file: at('isolate-preload'),
    remove: [["throw new Error('The preload is not isolated')", 'return']],
    test: by('test/hosts/electron/preload.test.ts', 'gives the page nothing where it is not'),
  },
  {
    item: 4,
    stops: 'a process without a sandbox',
    file: at('sandbox-pages'),
    remove: [['electron.enableSandbox()', 'electron.toString()']],
    test: by(MAIN, 'turns the sandbox on'),
  },
  {
    item: 5,
    stops: 'permissions and devices',
    file: at('deny-permissions'),
    remove: [['setPermissionCheckHandler(() => false)', 'setPermissionCheckHandler(() => true)']],
    test: by(HARDENED, 'known to Electron are denied'),
  },
  {
    item: 6,
    stops: 'reading across origins',
    file: at('keep-origins-apart'),
    remove: [['webSecurity: true', 'webSecurity: false']],
    test: PREFERENCES,
  },
  {
    item: 7,
    stops: 'injected code',
    file: at('stop-injected-code'),
    remove: [
      ["{ 'Content-Security-Policy': CONTENT_SECURITY_POLICY }", "{ 'X-Policy': CONTENT_SECURITY_POLICY }"],
    ],
    test: by(HOST, 'serves the map of built files under the policy'),
  },
  {
    item: 8,
    stops: 'content without encryption',
    file: at('deny-insecure-content'),
    remove: [['allowRunningInsecureContent: false', 'allowRunningInsecureContent: true']],
    test: PREFERENCES,
  },
  {
    item: 9,
    stops: 'experiments of the browser',
    file: at('deny-experimental-features'),
    remove: [['experimentalFeatures: false', 'experimentalFeatures: true']],
    test: PREFERENCES,
  },
  {
    item: 10,
    stops: 'features of the engine by name',
    file: at('deny-blink-features'),
    remove: [["enableBlinkFeatures: ''", "enableBlinkFeatures: 'x'"]],
    test: PREFERENCES,
  },
  {
    item: 10,
    stops: 'features of the engine by a switch',
    file: at('deny-blink-features'),
    remove: [['FEATURE_SWITCHES.find((name)', '[].find((name)']],
    test: by(MAIN, 'does not start in a package with --enable-blink-features'),
  },
  {
    item: 11,
    stops: 'the element webview',
    file: at('deny-webview-tag'),
    remove: [['webviewTag: false', 'webviewTag: true']],
    test: PREFERENCES,
  },
  {
    item: 12,
    stops: 'webviews that something attaches',
    file: at('deny-webviews'),
    remove: [['event.preventDefault();', '']],
    test: by(HOST, 'opens nothing, goes nowhere and takes no webview'),
  },
  {
    item: 13,
    stops: 'navigation',
    file: at('deny-navigation'),
    remove: [['event.preventDefault();', '']],
    test: by(HOST, 'opens nothing, goes nowhere and takes no webview'),
  },
  {
    item: 14,
    stops: 'new windows',
    file: at('deny-new-windows'),
    remove: [["action: 'deny'", "action: 'allow'"]],
    test: by(HOST, 'opens nothing, goes nowhere and takes no webview'),
  },
  {
    item: 15,
    stops: 'links that are not ours',
    file: at('refuse-unknown-links'),
    remove: [['LINKS.get(id) ?? null', 'LINKS.get(id) ?? id']],
    test: by('test/adapters/electron-dialogs.test.ts', 'opens a fixed link by its id and nothing else'),
  },
  {
    item: 16,
    stops: 'an old engine that nobody notices',
    file: at('warn-of-old-electron'),
    remove: [["if (age === 'current') return;", 'return;']],
    test: by(HARDENED, 'that is old is named in the log at the start'),
  },
  {
    item: 17,
    stops: 'foreign senders',
    file: at('refuse-foreign-senders'),
    remove: [["isTrusted: place === 'main-frame'", 'isTrusted: true']],
    test: by(HOST, 'refuses a request from'),
  },
  {
    item: 18,
    stops: 'pages from files',
    file: at('stop-file-pages'),
    remove: [['protocol.handle(APP_SCHEME,', "protocol.handle('file',"]],
    test: by(HOST, 'serves the map of built files under the policy'),
  },
  {
    item: 19,
    stops: 'misuse of the binary',
    file: at('fuse-states'),
    remove: [['RunAsNode: false', 'RunAsNode: true']],
    test: by(HARDENED, 'has all nine fuses decided'),
  },
  {
    item: 20,
    stops: 'raw Electron in a page',
    file: at('hide-raw-electron'),
    remove: [['=> listener(payload)', '=> listener(_event)']],
    test: by('test/hosts/electron/preload.test.ts', 'hands on the payload of a push, never the event'),
  },
  {
    item: 'more',
    stops: 'contents made otherwise than asked for',
    file: at('close-unsafe-contents'),
    remove: [['contents.close();', '']],
    test: by(HARDENED, 'are closed before they load'),
  },
  {
    item: 'more',
    stops: 'downloads',
    file: at('deny-downloads'),
    remove: [['event.preventDefault();', '']],
    test: by(HOST, 'cancels every request that is not the interface, and every download'),
  },
  {
    item: 'more',
    stops: 'switches that steer',
    file: at('refuse-debug-switches'),
    remove: [['DEBUG_SWITCHES.find((name)', '[].find((name)']],
    test: by(MAIN, 'does not start in a package with --inspect'),
  },
  {
    item: 'more',
    stops: 'texts that become code in main',
    file: at('stop-string-code'),
    remove: [['throw new EvalError(', 'return (undefined as never) ?? String(']],
    test: by('test/hosts/electron/stop-string-code.test.ts', 'closes every way from a text to code in main'),
  },
  {
    item: 'more',
    stops: 'clicking certificates through',
    file: at('refuse-bad-certificates'),
    remove: [['answer(false);', 'answer(true);']],
    test: by(HARDENED, 'a doubtful certificate is refused'),
  },
  {
    item: 'more',
    stops: 'deep links',
    file: at('ignore-deep-links'),
    remove: [['event.preventDefault();', '']],
    test: by(HARDENED, 'an address or a file opens nothing'),
  },
];
