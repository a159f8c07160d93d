import type { CheckResult } from '../../../src-main/contract/channels/diagnostics.ts';
import { formatStaffDateTime } from '../../../src-main/contract/london-time.ts';
import { countOf } from '../../app/format.ts';
import { problemWords } from '../../app/words/problem-words.ts';
import { writesOffWords } from '../../app/words/writes-off-words.ts';

/** What was found, and what to do about it; nothing to do where all is well. */
export interface CheckWords {
  readonly found: string;
  readonly next: string;
}

type Value = CheckResult['facts'][number]['value'];
type Facts = Readonly<Record<string, Value | undefined>>;
type Words = CheckWords | ((facts: Facts) => CheckWords);

const DESK = 'Call the service desk';
const words = (found: string, next = ''): CheckWords => ({ found, next });
const number = (value: Value | undefined) => (typeof value === 'number' ? value : 0);

const READER_WORDS: Readonly<Record<string, Words>> = {
  'no-card-needed': words('This environment needs no smartcard; readers are not watched.'),
  'reader-service-silent': words(
    'Nothing was heard of the smartcard service yet.',
    'Wait a few seconds, then check again.',
  ),
  'reader-service-down': words(
    'The smartcard service of this computer does not run, so no reader and no card can be seen.',
    `Plug the reader in: on Windows the service starts with it. ${DESK} if it stays down.`,
  ),
  'no-reader': words(
    'The smartcard service runs, and there is no reader.',
    'Plug the reader in, or try another USB socket. The desk sees it by itself within seconds.',
  ),
  'reader-without-card': (facts) =>
    words(`${readersOf(facts)}; no card is in. Put your card in when you sign in with it.`),
  'card-in-reader': (facts) =>
    words(`${readersOf(facts)}; ${countOf(number(facts['cards']), 'card is', 'cards are')} in.`),
};

const readersOf = ({ readers, first }: Facts) =>
  `${countOf(number(readers), 'reader')}${typeof first === 'string' ? `, ${first}` : ''}`;

const NETWORK_WORDS: Readonly<Record<string, Words>> = {
  'ers-answers': ({ host, milliseconds }) =>
    String(host).endsWith('.invalid')
      ? words('The training e-RS in this computer answers. No network is used.')
      : words(`e-RS answers at ${host}, after ${number(milliseconds)} ms.`),
  'ers-not-reached': ({ host }) =>
    words(
      `Nothing answers at ${host}.`,
      `Check the cable or the wireless connection and whether other programs reach the network. ${DESK} if only e-RS is missing.`,
    ),
  'portal-answers': ({ host }) =>
    words(
      `Something between this computer and e-RS answers in the place of ${host}, as the sign-in page of a guest network does. No credential is sent to it.`,
      'Sign in to the network in your browser, or use another network. Then check again.',
    ),
  'ers-unclear': ({ host }) =>
    words(
      `What answered at ${host} is neither e-RS nor a sign-in page.`,
      `Check again in a minute. ${DESK} if it lasts.`,
    ),
  'calls-are-paused': words(
    'e-RS has asked this desk to pause, so it was not asked now.',
    'Wait until the pause in the header is over, then check again.',
  ),
  'no-network-used': words('Training uses no network, and no proxy.'),
  'no-proxy': words('Calls go straight to e-RS, and this computer names no proxy for it.'),
  'proxy-answers': ({ proxy }) => words(`Calls go through ${proxy}, which takes connections.`),
  'proxy-silent': ({ proxy }) =>
    words(
      `Calls go through ${proxy}, and it does not take connections.`,
      `${DESK}: the proxy is down, or "proxyUrl" in the policy of this computer is not right.`,
    ),
  'system-proxy-not-used': ({ proxy }) =>
    words(
      `This computer names the proxy ${proxy}; Booking Desk does not use it.`,
      `Only if e-RS is not reached: ${DESK.toLowerCase()}, who can set "proxyUrl" in the policy of this computer.`,
    ),
  'system-proxy-not-usable': words(
    'This computer names a proxy that Booking Desk cannot go through (SOCKS), so nothing is sent at all.',
    `${DESK}, who can set "proxyUrl" in the policy of this computer.`,
  ),
  'no-sign-in-needed': words('This environment needs no sign-in service.'),
  'sign-in-ready': words('A sign-in can begin: what it needs answers.'),
};

const CLOCK_WORDS: Readonly<Record<string, Words>> = {
  'clock-not-compared': ({ readings }) =>
    words(
      number(readings) === 0
        ? 'No answer of e-RS has been compared with this clock yet.'
        : 'Too few answers of e-RS have been compared with this clock.',
      'Check again after a few calls: each answer of e-RS is compared.',
    ),
  'clock-right': words('This clock shows no sign of differing from that of e-RS.'),
  'clock-off': (facts) =>
    words(
      `This clock is ${driftOf(facts)} e-RS: more than the quarter of a second that is allowed.`,
      `Go on working; ${DESK.toLowerCase()}, who can have the clock of this computer set by the network.`,
    ),
  'clock-far-off': (facts) =>
    words(
      `This clock is ${driftOf(facts)} e-RS. Times on screen and in the audit trail are wrong by as much.`,
      `${DESK} now: the clock of this computer has to be set.`,
    ),
};

/** At least so much: the answers of e-RS give bounds, in whole seconds, and no figure between them. */
function driftOf({ lowestMs, highestMs }: Facts): string {
  const isAhead = number(lowestMs) > 0;
  const least = isAhead ? number(lowestMs) : -number(highestMs);
  const amount = least < 2_000 ? `${least} ms` : countOf(Math.floor(least / 1_000), 'second');
  return `at least ${amount} ${isAhead ? 'ahead of' : 'behind'}`;
}

const DISK_WORDS: Readonly<Record<string, Words>> = {
  'keys-there': ({ place }) =>
    words(
      place === 'training'
        ? 'The keys of the training records are there.'
        : 'The keyring of this computer answers, and the keys of the records are there.',
    ),
  'no-keys-there': words(
    'The keyring answers and holds no key of this desk.',
    `Start Booking Desk again: it makes a key where there are no records yet. ${DESK} if the records cannot be read then.`,
  ),
  'no-keyring': words(
    'The keyring of this computer does not answer, or is locked. Reading goes on; nothing can be written.',
    `Sign in to the computer again, so that its keyring is unlocked, then start Booking Desk again. ${DESK} if it lasts.`,
  ),
  'database-fault': ({ reason }) => reasonWords(String(reason)),
  'writes-off': ({ reason }) => reasonWords(String(reason)),
  'disk-nearly-full': (facts) =>
    words(diskOf(facts), 'Free some space now: without it nothing can be written down.'),
  'disk-low': (facts) => words(diskOf(facts), 'Free some space on this disk before it is full.'),
  'no-copy-yet': (facts) =>
    words(
      `${diskOf(facts)} There is no nightly copy yet.`,
      'A desk that was just installed makes its first copy within a minute. Check again then.',
    ),
  'copy-old': (facts) =>
    words(
      diskOf(facts),
      `No copy was made for two nights: leave the desk running, and ${DESK.toLowerCase()} if it stays so.`,
    ),
  'disk-fine': (facts) => words(diskOf(facts)),
  'audit-whole': ({ entries }) =>
    words(`All ${countOf(number(entries), 'entry', 'entries')} fit together to the sealed end.`),
  'audit-broken': ({ entry, finding }) =>
    words(
      `The trail does not fit from entry ${number(entry)} on (${String(finding)}).`,
      `${DESK} now and leave this computer as it is: somebody has to see what happened. Do not reinstall.`,
    ),
  'audit-end-not-known': ({ entries }) =>
    words(
      `${countOf(number(entries), 'entry fits', 'entries fit')} together; the keyring did not give the sealed end, so nobody can say whether the last ones are there.`,
      `Unlock the keyring and start Booking Desk again. ${DESK} if it lasts.`,
    ),
  'audit-not-checked': words(
    'The trail could not be walked to its end.',
    `Check again. ${DESK} if it lasts.`,
  ),
  'audit-not-open': words(
    'The audit trail is not open, as nothing can be written at this desk.',
    'See “Disk and database” for the reason.',
  ),
};

function reasonWords(reason: string): CheckWords {
  const known = writesOffWords(reason);
  return words(
    `${known?.title ?? `Nothing can be written down here (code ${reason})`}. Reading goes on; no action can be sent.`,
    reason === 'starting'
      ? 'Wait a moment, then check again.'
      : `${DESK}, and work at another desk meanwhile.`,
  );
}

function diskOf({ freeMb, databaseMb, copies, lastCopyAt }: Facts): string {
  const free = typeof freeMb === 'number' ? `${sizeOf(freeMb)} free. ` : '';
  const size =
    typeof databaseMb === 'number' ? `The database has ${sizeOf(databaseMb)}` : 'The database is there';
  const copy =
    typeof lastCopyAt === 'string'
      ? `, the last of ${countOf(number(copies), 'copy', 'copies')} is of ${formatStaffDateTime(lastCopyAt)}`
      : '';
  return `${free}${size}${copy}.`;
}

const sizeOf = (megabytes: number) =>
  megabytes >= 1024 ? `${(megabytes / 1024).toFixed(1)} GB` : `${megabytes.toLocaleString('en-GB')} MB`;

const PRINTER_WORDS: Readonly<Record<string, Words>> = {
  'no-print-service': words(
    'The print service of this computer does not answer.',
    `Check again in a minute. ${DESK} if it lasts; letters can be printed at another desk or in the e-RS web application.`,
  ),
  'no-printers': words('There is no printer.', `${DESK}, who can set one up for this computer.`),
  'printers-stopped': (facts) =>
    words(printersOf(facts), 'Look at the printer: paper, cover, power. What waits prints when it goes on.'),
  'some-printers-stopped': (facts) =>
    words(printersOf(facts), 'Print on another one, or look at the printer that stopped.'),
  'printers-ready': (facts) => words(printersOf(facts)),
};

function printersOf(facts: Facts): string {
  const stopped = number(facts['stopped']);
  const chosen =
    typeof facts['default'] === 'string' ? ` The computer’s own choice is ${facts['default']}.` : '';
  const ready = stopped === 0 ? '' : `, ${stopped} of them stopped`;
  return `${countOf(number(facts['printers']), 'printer')}${ready}.${chosen}`;
}

const UPDATE_WORDS: Readonly<Record<string, Words>> = {
  'no-update-feed': words('Releases are not announced to this desk. Your IT installs new versions.'),
  'updates-off': words('Your organisation has switched this off. Your IT installs new versions.'),
  'newest-installed': words('No newer version has been announced.'),
  'newer-version': ({ version, releasedOn }) =>
    words(
      `A newer version is there${typeof version === 'string' ? `: ${version}, released on ${String(releasedOn)}` : ''}. This desk does not have it yet.`,
      `Go on working; ${DESK.toLowerCase()}, who installs it. The desk installs nothing by itself.`,
    ),
  'feed-not-reached': words(
    'The list of releases was not reached, so newer versions are not known.',
    'This does not touch your work. Check again tomorrow.',
  ),
  'feed-not-trusted': ({ reason }) =>
    words(
      `What lies in the place of the list of releases is not to be trusted (${String(reason ?? 'no reason')}) and was not used.`,
      `Go on working; ${DESK.toLowerCase()}, and install nothing that somebody offers you.`,
    ),
};

const OTHER_WORDS: Readonly<Record<string, Words>> = {
  versions: ({ app, engine, node, system, dialect, environment }) =>
    words(`Booking Desk ${app}, ${environment}, ${dialect}. ${engine}. Node ${node}. ${system}.`),
  'no-answer-in-time': ({ seconds }) =>
    words(
      `This check gave no answer within ${number(seconds)} seconds.`,
      `Check again: it may only be slow. ${DESK} if it never answers.`,
    ),
  'check-failed': words(
    'This check failed in the desk itself.',
    `Check again. ${DESK} if it fails each time.`,
  ),
  'not-seen-here': words('This cannot be looked at here.'),
};

const ALL_WORDS: Readonly<Record<string, Words>> = {
  ...READER_WORDS,
  ...NETWORK_WORDS,
  ...CLOCK_WORDS,
  ...DISK_WORDS,
  ...PRINTER_WORDS,
  ...UPDATE_WORDS,
  ...OTHER_WORDS,
};

/** The words for a finding; a code that is met elsewhere too, as those of a sign-in, has its words from there. */
export function checkWords({ code, facts }: CheckResult): CheckWords {
  const known = ALL_WORDS[code];
  if (known === undefined) {
    const { title, next } = problemWords({ kind: 'unavailable', code, correlationId: '', facts: {} });
    return words(`${title}.`, next);
  }
  const named: Facts = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  return typeof known === 'function' ? known(named) : known;
}
