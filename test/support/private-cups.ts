/**
 * A CUPS of a test's own: its folders, its programs, its socket, no port; nothing of the system's CUPS is touched, nor
 * need there be one. Works as root and as anybody.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const SYSTEM_PROGRAMS = '/usr/lib/cups';

/** Keeps what a printer would get, in a folder; files in that folder are its paper, its jams and its pace. */
const BACKEND = `#!/bin/sh
[ $# -eq 0 ] && exit 0
folder=\${DEVICE_URI#capture:}
if [ -e "$folder/tray" ]; then
  left=$(cat "$folder/tray")
  if [ "$left" -eq 0 ]; then touch "$folder/no-paper"; else echo $((left - 1)) > "$folder/tray"; fi
fi
if [ -e "$folder/no-paper" ]; then
  echo 'STATE: +media-empty-error' >&2
  exit 4
fi
echo 'STATE: -media-empty-error' >&2
[ -e "$folder/broken" ] && exit 1
while [ -e "$folder/slow" ]; do sleep 0.05; done
cat "\${6:--}" > "$folder/$1.part"
printf '%s %s %s' "$2 $4" "$3" "$5" > "$folder/$1.words"
mv "$folder/$1.part" "$folder/$1.pdf"
`;

/** A printer with two sizes of paper that takes PDF as it is. */
const PPD = `*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "CAPTURE.PPD"
*Manufacturer: "Booking Desk"
*Product: "(Capture)"
*ModelName: "Capture"
*ShortNickName: "Capture"
*NickName: "Capture of A4 and A3"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*cupsVersion: 2.4
*cupsManualCopies: False
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "18 18 577 824"
*ImageableArea A3/A3: "18 18 824 1173"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A3/A3: "842 1191"
`;

const MIME_TYPES = 'application/pdf pdf string(0,%PDF)\napplication/octet-stream\n';

export interface PrivateCups {
  readonly socketPath: string;
  start(): Promise<void>;
  /** As a crash ends it; the job under way is left where it is. */
  kill(): Promise<void>;
  /** A queue; `raw` has no driver. */
  addPrinter(name: string, kind: 'raw' | 'with-driver', errorPolicy?: 'abort-job'): void;
  removePrinter(name: string): void;
  /** Puts a printer to work again after it stopped itself. */
  enable(name: string): void;
  rejectJobs(name: string): void;
  setDefault(name: string): void;
  addClass(name: string, printer: string): void;
  setState(name: string, state: 'no-paper' | 'slow' | 'broken', isOn: boolean): void;
  /** Paper for so many jobs more; it is out of paper then. */
  loadPaper(name: string, jobs: number): void;
  /** What came out of a printer, by job id. */
  outputs(name: string): Readonly<Record<string, Buffer>>;
  /** What CUPS told the printer of a job: its user, copies, title and options. */
  wordsOf(name: string, jobId: string): string;
  /** True when it is on CUPS's disk that a job is being printed; killed before, CUPS holds it back for some seconds. */
  hasNoted(jobId: string): boolean;
  /** What CUPS wrote down of itself, for a failing test. */
  readLog(): string;
  remove(): Promise<void>;
}

function findDaemon(): string {
  const places = ['/usr/sbin/cupsd', '/sbin/cupsd', '/usr/bin/cupsd'];
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error('cupsd is not installed: apt-get install cups-daemon cups-client');
  return found;
}

function makePrograms(folder: string): string {
  const programs = join(folder, 'programs');
  const backends = join(programs, 'backend');
  mkdirSync(backends, { recursive: true });
  // A copy: where AppArmor guards CUPS, it does so by the program's path, and knows nothing of a test's folders.
  copyFileSync(findDaemon(), join(programs, 'cupsd'));
  // What starts the backends; no filter and no driver is needed for documents that are printed as they are.
  symlinkSync(join(SYSTEM_PROGRAMS, 'daemon'), join(programs, 'daemon'));
  writeFileSync(join(backends, 'capture'), BACKEND);
  // Only its owner may run it, so that CUPS runs it as the owner: nobody else gets into a folder of a test.
  chmodSync(join(backends, 'capture'), 0o700);
  return programs;
}

function writeConfig(folder: string, socketPath: string): void {
  const programs = makePrograms(folder);
  const inside = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const etc = inside('etc');
  inside('data/mime');
  writeFileSync(join(folder, 'data/mime/mime.types'), MIME_TYPES);
  writeFileSync(join(folder, 'data/mime/mime.convs'), '');
  writeFileSync(
    join(etc, 'cupsd.conf'),
    `Listen ${socketPath}
LogLevel debug
Browsing No
WebInterface No
MaxLogSize 0
DirtyCleanInterval 0
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  <Limit Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`,
  );
  writeFileSync(
    join(etc, 'cups-files.conf'),
    `ServerRoot ${etc}
ServerBin ${programs}
DataDir ${join(folder, 'data')}
CacheDir ${inside('cache')}
StateDir ${inside('state')}
RequestRoot ${inside('spool')}
TempDir ${inside('spool/tmp')}
DocumentRoot ${inside('documents')}
ServerKeychain ${inside('etc/ssl')}
AccessLog ${join(folder, 'access_log')}
ErrorLog ${join(folder, 'error_log')}
PageLog ${join(folder, 'page_log')}
SystemGroup ${process.getuid?.() === 0 ? 'root' : userGroup()}
FileDevice No
`,
  );
  writeFileSync(join(folder, 'capture.ppd'), PPD);
}

function userGroup(): string {
  return spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim() || userInfo().username;
}

async function waitUntil(isDone: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await isDone()) return;
    await setTimeout(25);
  }
  throw new Error(`${what} took too long`);
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

/** Makes the folders of a private CUPS; `start` runs it. */
export function createPrivateCups(): PrivateCups {
  const folder = mkdtempSync(join(tmpdir(), 'booking-desk-cups-'));
  const socketPath = join(folder, 'cups.sock');
  writeConfig(folder, socketPath);
  let daemon: ChildProcess | null = null;
  const outputOf = (name: string) => join(folder, 'out', name);

  function manage(command: string, ...args: string[]): void {
    const done = spawnSync(command, ['-h', socketPath, ...args], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, CUPS_SERVER: socketPath },
    });
    if (done.status !== 0)
      throw new Error(`${command} ${args.join(' ')}: ${done.stderr}${String(done.error ?? '')}`);
  }

  async function kill(): Promise<void> {
    const running = daemon;
    daemon = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  return {
    socketPath,
    async start() {
      const etc = join(folder, 'etc');
      const args = ['-f', '-c', join(etc, 'cupsd.conf'), '-s', join(etc, 'cups-files.conf')];
      daemon = spawn(join(folder, 'programs/cupsd'), args, { stdio: 'ignore' });
      await waitUntil(() => answers(socketPath), 'the start of CUPS');
    },
    kill,
    addPrinter(name, kind, errorPolicy) {
      mkdirSync(outputOf(name), { recursive: true });
      const driver = kind === 'raw' ? ['-m', 'raw'] : ['-P', join(folder, 'capture.ppd')];
      manage('lpadmin', '-p', name, '-E', '-v', `capture:${outputOf(name)}`, '-D', `Desk ${name}`, ...driver);
      if (errorPolicy) manage('lpadmin', '-p', name, '-o', `printer-error-policy=${errorPolicy}`);
    },
    removePrinter: (name) => manage('lpadmin', '-x', name),
    enable: (name) => manage('cupsenable', name),
    setDefault: (name) => manage('lpadmin', '-d', name),
    addClass(name, printer) {
      manage('lpadmin', '-p', printer, '-c', name);
      manage('cupsaccept', name);
      manage('cupsenable', name);
    },
    rejectJobs: (name) => manage('cupsreject', name),
    setState(name, state, isOn) {
      const path = join(outputOf(name), state);
      if (isOn) writeFileSync(path, '');
      else rmSync(path, { force: true });
    },
    loadPaper(name, jobs) {
      writeFileSync(join(outputOf(name), 'tray'), String(jobs));
      rmSync(join(outputOf(name), 'no-paper'), { force: true });
    },
    outputs(name) {
      const files = readdirSync(outputOf(name)).filter((file) => file.endsWith('.pdf'));
      return Object.fromEntries(
        files.map((file) => [file.replace('.pdf', ''), readFileSync(join(outputOf(name), file))]),
      );
    },
    wordsOf: (name, jobId) => readFileSync(join(outputOf(name), `${jobId}.words`), 'utf8'),
    hasNoted(jobId) {
      const path = join(folder, 'cache/job.cache');
      return existsSync(path) && readFileSync(path, 'utf8').includes(`<Job ${jobId}>\nState 5\n`);
    },
    readLog: () => readFileSync(join(folder, 'error_log'), 'utf8'),
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
