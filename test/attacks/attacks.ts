/** Attacks S01 to S40 (safety.md, "Attacks the tests must try"): what is tried, what must happen, and which tests try it. */

import type { Attack, Tries } from './attack.ts';

const of = (file: string, ...names: string[]): Tries => ({ file: `test/${file}`, names });
const PAGE = 'attacks/page.test.ts';
const DESK = 'attacks/desk.test.ts';
const DOOR = 'attacks/door.test.ts';
const WIRE = 'attacks/wire.test.ts';
const WINDOW = 'hosts/chromium/open-window.test.ts';
const HOST = 'hosts/electron/run-desk.test.ts';
const HARDENED = 'hosts/electron/hardening.test.ts';
const ELECTRON = 'npm start -- --host electron --fetch-electron';

export const ATTACKS: readonly Attack[] = [
  {
    id: 'S01',
    tried: 'markup and script in names, comments, services and diagnostics of e-RS',
    outcome: 'shown as text; no script ran, the policy had nothing to report',
    tries: [of(DESK, 'S01')],
  },
  {
    id: 'S02',
    tried: 'the same in letters, print page, window title',
    outcome: 'text only',
    tries: [
      of(DESK, 'S02'),
      of('hosts/electron/print-window.test.ts', 'draws'),
      of('hosts/print-page.test.ts', 'the page for printing'),
    ],
  },
  {
    id: 'S03',
    tried: 'eval, new Function, timers with text, in page and main',
    outcome: 'refused everywhere',
    tries: [
      of(WINDOW, 'turns no text into code'),
      of(PAGE, 'S03'),
      of('hosts/electron/stop-string-code.test.ts', 'closes every way', 'is what the switch'),
    ],
  },
  {
    id: 'S04',
    tried: 'innerHTML and its kin from a dependency',
    outcome: 'Trusted Types throws',
    tries: [of(WINDOW, 'turns no text into code'), of(PAGE, 'S04')],
  },
  {
    id: 'S05',
    tried: 'messages from frames, about:blank, data:, frames that are gone',
    outcome: 'refused and logged',
    tries: [
      of(HOST, 'refuses a request from a subframe', 'a frame that is gone', 'about:blank'),
      of(
        WINDOW,
        'gives an empty frame no binding',
        'gives an inline document no binding',
        'another origin in its own window',
      ),
    ],
  },
  {
    id: 'S06',
    tried: 'messages from a second window or another origin',
    outcome: 'refused',
    tries: [of(HOST, 'refuses a request from another window', 'a page of another origin')],
  },
  {
    id: 'S07',
    tried: 'unknown channels and whatever a page can send on each channel (long: --fuzz ipc)',
    outcome: 'a typed answer each time; nothing stopped, no prototype changed',
    tries: [
      of(DOOR, 'S07'),
      of('app/door.test.ts', 'answers invalid-input to an unknown channel', 'a name of Object.prototype'),
      of(WINDOW, 'refuses what is no plain data or too long'),
    ],
  },
  {
    id: 'S08',
    tried: 'names of main through the bridge; changes of the bridge',
    outcome: 'absent; frozen',
    tries: [of(PAGE, 'S08'), of('hosts/electron/preload.test.ts', 'exposes a frozen function a channel')],
  },
  {
    id: 'S09',
    tried: 'built-ins replaced before the first call',
    outcome: 'nothing of the preload is caught',
    tries: [of(WINDOW, 'keeps its bridge after a page replaced the built-ins')],
  },
  {
    id: 'S10',
    tried: 'the page asks for token, session key, headers; its memory is searched',
    outcome: 'no channel gives them; not in its heap',
    tries: [of('e2e/privacy.test.ts', 'gives the page no token'), of(DESK, 'S10')],
  },
  {
    id: 'S11',
    tried: 'a page names another role, organisation, person or referral',
    outcome: 'refused; main uses its own',
    tries: [
      of(DOOR, 'S11'),
      of('features/session/on-behalf-of.test.ts', 'cannot act for somebody whom e-RS did not name'),
    ],
  },
  {
    id: 'S12',
    tried: 'a page claims evidence for a deferral',
    outcome: 'refused: evidence is made in main alone',
    tries: [of(DOOR, 'S12')],
  },
  {
    id: 'S13',
    tried: 'link, refresh, location, form, dropped file, middle button',
    outcome: 'stays, and it is logged',
    tries: [
      of(PAGE, 'S13'),
      of(HOST, 'opens nothing, goes nowhere'),
      of(WINDOW, 'aborts a request and a navigation'),
    ],
  },
  {
    id: 'S14',
    tried: 'window.open, target=_blank, shift and middle click',
    outcome: 'no second window',
    tries: [
      of(PAGE, 'S14'),
      of(HOST, 'opens nothing, goes nowhere'),
      of(WINDOW, 'closes a window that a page opens'),
    ],
  },
  {
    id: 'S15',
    tried: 'fetch, sockets, beacons, WebRTC, DNS and preconnect from the page and its workers',
    outcome: 'nothing reached the sink',
    tries: [
      of(PAGE, 'S15'),
      of(WINDOW, 'reaches nothing outside'),
      of(HOST, 'cancels every request that is not the interface'),
    ],
  },
  {
    id: 'S16',
    tried: 'paths out of the interface: dots, escapes, NUL, other hosts and users',
    outcome: '404 from the map',
    tries: [of(HOST, 'serves the map of built files'), of(WINDOW, 'reaches nothing outside')],
  },
  {
    id: 'S17',
    tried: 'another origin reads the interface',
    outcome: 'blocked',
    tries: [of(PAGE, 'S17')],
    onDevice: {
      what: 'the same for app:// in Electron',
      command: `${ELECTRON}   (then in a second window: fetch('app://ui/'))`,
    },
  },
  {
    id: 'S18',
    tried: 'file:, chrome:, view-source:, blob: and data: pages',
    outcome: 'blocked; a page of its own gets no bridge',
    tries: [of(PAGE, 'S18'), of(HARDENED, 'a page does not go to'), of(WINDOW, 'brings a page back')],
  },
  {
    id: 'S19',
    tried: 'links by unknown ids, file:, ms-msdt:, search-ms:, NUL, blanks',
    outcome: 'refused',
    tries: [
      of('adapters/electron-dialogs.test.ts', 'opens a fixed link by its id and nothing else'),
      of(HARDENED, 'a link is one of a fixed list'),
    ],
  },
  {
    id: 'S20',
    tried: "every permission that Electron's types know; what a page asks of devices",
    outcome: 'denied on request and on check',
    tries: [
      of(HARDENED, 'known to Electron are denied'),
      of(PAGE, 'S20'),
      of(HOST, 'denies every permission'),
    ],
  },
  {
    id: 'S21',
    tried: 'webview, plugins, objects, a PDF with a script',
    outcome: 'not attached; the PDF is drawn, its script is not run',
    tries: [
      of(PAGE, 'S21'),
      of(HOST, 'opens nothing, goes nowhere'),
      of('e2e/attachments.test.ts', 'a PDF that states a page of kilometres and a script'),
    ],
  },
  {
    id: 'S22',
    tried: 'letters that are HTML, cut, of two kinds, too large, or of somebody else',
    outcome: 'refused before print',
    tries: [
      of(
        'ers/transport/parse-body.test.ts',
        'is html with',
        'is not-a-pdf with',
        'is wrong-content-type with',
      ),
      of('features/letters/check/check-letter.test.ts', 'a letter of somebody else'),
      of('e2e/bad-input.test.ts', 'a PDF that is none is not shown as a letter'),
    ],
  },
  {
    id: 'S23',
    tried: 'file names of a server: paths, device names, turned text',
    outcome: "the desk's own name",
    tries: [
      of('ers/fhir/file-name.test.ts', ''),
      of('features/attachments/attachments.test.ts', 'names the file itself'),
      of('adapters/save-files.test.ts', 'suggests the name of the desk'),
    ],
  },
  {
    id: 'S24',
    tried: 'switches by which another program steers the product',
    outcome: 'the app exits',
    tries: [
      of('hosts/electron/main.test.ts', 'does not start in a package with'),
      of('hosts/packages/electron-builder.test.ts', ''),
    ],
    onDevice: {
      what: 'fuses against ELECTRON_RUN_AS_NODE and NODE_OPTIONS',
      command:
        'ELECTRON_RUN_AS_NODE=1 "<installed>/booking-desk" -e "1" ; NODE_OPTIONS=--inspect "<installed>/booking-desk"',
    },
  },
  {
    id: 'S25',
    tried: 'a changed app.asar, an app/ folder beside it, another snapshot',
    outcome: 'the fuses for it are decided and burnt in',
    tries: [of(HARDENED, 'has all nine fuses decided')],
    onDevice: {
      what: 'the package refuses to start (Windows, macOS; Linux has no check of asar integrity)',
      command: 'npm run package, then change one byte of resources/app.asar and start booking-desk.exe',
    },
  },
  {
    id: 'S26',
    tried: 'a profile copied to another user or machine',
    outcome: 'nothing opens; the queue is shown as shut',
    tries: [
      of('features/vault/missing-keys.test.ts', 'the keyring is of another desk'),
      of('features/vault/vault.test.ts', 'opens again with the key that it made, and only with it'),
      of('features/outbox/recovery.test.ts', 'reads on, and books nothing, without a keyring'),
    ],
  },
  {
    id: 'S27',
    tried: 'disk, WAL, copies, logs, profile and temporary files searched for a patient and the token',
    outcome: 'none in any form',
    tries: [of('e2e/privacy.test.ts', 'leaves nothing in clear', 'finds a planted')],
  },
  {
    id: 'S28',
    tried: 'audit rows edited, deleted, moved, inserted, cut off; the file rolled back',
    outcome: 'the first bad row is named; the end is sealed',
    tries: [
      of('features/audit/audit-log.test.ts', 'names the first bad row'),
      of('features/audit/trail-tampering.test.ts', ''),
    ],
  },
  {
    id: 'S29',
    tried: 'a queued intent edited on the disk',
    outcome: 'set apart, never sent',
    tries: [
      of(
        'features/outbox/sealed-rows.test.ts',
        'does not open with one bit changed',
        'is set apart, shown as unreadable',
      ),
    ],
  },
  {
    id: 'S30',
    tried: 'an old copy of the database put back',
    outcome: 'the effect is found; nothing is sent twice',
    tries: [of(DOOR, 'S30')],
  },
  {
    id: 'S31',
    tried: 'TLS: run out, other host, self-signed, 1.1, a proxy with its own authority',
    outcome: 'refused before a byte; nothing to click through',
    tries: [
      of(WIRE, 'S31'),
      of(
        'adapters/undici-network-tls.test.ts',
        'refuses an unknown authority',
        'refuses a certificate of another host',
        'refuses TLS before 1.2',
      ),
      of(HARDENED, 'a doubtful certificate is refused'),
    ],
  },
  {
    id: 'S32',
    tried: 'redirects to another host or to plain http',
    outcome: 'not followed; the token stays',
    tries: [
      of(WIRE, 'S32'),
      of('adapters/undici-network.test.ts', 'do not follow a redirect', 'a call over plain http'),
    ],
  },
  {
    id: 'S33',
    tried: 'next links, locations and file addresses of another host',
    outcome: 'only path and query under the base address; files without a credential',
    tries: [
      of(WIRE, 'S33'),
      of(
        'ers/attachment-reader.test.ts',
        'is not followed to a second place',
        'is fetched from where A042 says, at once, with nothing that says who asks',
      ),
      of('ers/operations/files.test.ts', 'is not deceived by the redirect'),
    ],
  },
  {
    id: 'S34',
    tried:
      'bodies without end, a million entries, gzip bomb, deep, doubled keys, byte order marks (long: --fuzz wire)',
    outcome: 'cut off or refused; a typed outcome each time',
    tries: [
      of(WIRE, 'S34'),
      of(DOOR, 'S34'),
      of('adapters/undici-network.test.ts', 'stop at the cap', 'never unpack a compressed body'),
      of('ers/transport/parse-body.test.ts', 'over the cap is too large'),
    ],
  },
  {
    id: 'S35',
    tried: 'CR and LF in correlation id, UBRN, role, path and query',
    outcome: 'refused before use',
    tries: [of('ers/transport/request-check.test.ts', '')],
  },
  {
    id: 'S36',
    tried: 'newlines, colours and formulas in logs and tables',
    outcome: 'encoded; cells prefixed',
    tries: [
      of('app/csv.test.ts', ''),
      of(
        'adapters/host-adapters.test.ts',
        'writes one line of JSON an event',
        'has no place for other fields',
      ),
    ],
  },
  {
    id: 'S37',
    tried: 'lock, sleep and card; then the page and its memory are searched',
    outcome: 'cleared within a second; nothing of any patient and no token in its heap',
    tries: [
      of('e2e/privacy.test.ts', 'is gone from the page within a second of locking'),
      of(DESK, 'S37'),
      of('hosts/electron/system-events.test.ts', ''),
    ],
  },
  {
    id: 'S38',
    tried: "one person opens the desk with another's queue",
    outcome: 'a count alone; never sent by the other',
    tries: [
      of('features/outbox/handover.test.ts', 'never sends', 'lists what a colleague left'),
      of('features/outbox/recovery.test.ts', 'does not show one person what another was doing'),
    ],
  },
  {
    id: 'S39',
    tried: 'a second instance, also of another user',
    outcome: 'one window; the older one reads only',
    tries: [
      of(HOST, 'quits when another instance holds the folder'),
      of('adapters/host-adapters.test.ts', 'is held by one process'),
      of('features/outbox/lease.test.ts', ''),
    ],
  },
  {
    id: 'S40',
    tried: 'an update that is unsigned, older, or of another channel',
    outcome: 'refused',
    tries: [
      of(
        'features/updates/signed-feed.test.ts',
        'is refused when it would take the desk back',
        'is refused on another channel',
        'is the signed one, or it is refused',
        'is refused by a package without a key',
      ),
    ],
    onDevice: {
      what: 'updates are installed by a signed package only',
      command:
        'npm run package (with a signing certificate), install it, then offer an older and an unsigned package',
    },
  },
];
