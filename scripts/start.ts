/** `npm start`: builds what is missing or old, finds something to run in, and runs the desk until it is closed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HOST_OPTION_NAMES, readOptions } from '../src-main/hosts/read-options.ts';
import { buildIfStale, isBuildStale } from './build.ts';
import { chooseHost, type ChosenHost, type HostName } from './choose-host.ts';
import { findOrStartDisplay } from './start-display.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

const OPTION_NAMES = {
  ...HOST_OPTION_NAMES,
  host: { type: 'string' },
  'fetch-electron': { type: 'boolean' },
  headless: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const HELP = `npm start -- [options]
  --host electron|chromium                  what to run in (default: Electron if its binary is here, else a browser)
  --environment training                    which environment (default: training)
  --dialect api-platform|spine-session      which e-RS interface the desk speaks (default: api-platform)
  --seed <number>                           which training world (default: 1)
  --data-dir <folder>                       where the desk keeps its data
  --secrets key-file|keyring                where it keeps its keys; training alone has key files, its default
  --fetch-electron                          download the Electron binary first
  --headless                                without a window (browser only)
`;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function readStart() {
  const { values } = parseArgs({ options: OPTION_NAMES, strict: true });
  const { host = null } = values;
  if (host !== null && host !== 'electron' && host !== 'chromium')
    throw new Error('--host is electron or chromium');
  const read = readOptions(process.argv.slice(2), process.env);
  if (!read.ok) throw new Error(read.message);
  return { values, forced: host as HostName | null, options: read.options };
}

type Start = ReturnType<typeof readStart>;

function hostArguments({ options, values }: Start): string[] {
  return [
    ...['--environment', options.environment, '--dialect', options.dialect, '--seed', String(options.seed)],
    ...(options.dataDir ? ['--data-dir', options.dataDir] : []),
    ...(options.secrets ? ['--secrets', options.secrets] : []),
    ...(values.headless ? ['--headless'] : []),
  ];
}

function spawnHost(host: ChosenHost, args: string[], env: Readonly<Record<string, string>>): ChildProcess {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (isRoot) say('Running as root: the browser sandbox is off. Use an ordinary account for real work.');
  const command =
    host.name === 'electron'
      ? { file: host.binary, args: ['dist/main/main.js', ...(isRoot ? ['--no-sandbox'] : [])] }
      : {
          file: process.execPath,
          args: ['--disallow-code-generation-from-strings', 'src-main/hosts/chromium/main.ts'],
        };
  return spawn(command.file, [...command.args, ...args], {
    cwd: root,
    // The channel ends the desk when this process is killed.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...env,
      ...(host.name === 'chromium' ? { BOOKING_DESK_BROWSER: host.binary } : {}),
    },
  });
}

/** Passes the signals on and resolves with the exit code of the desk. */
function waitForEnd(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}

async function start(): Promise<number> {
  const chosen = readStart();
  if (chosen.values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (isBuildStale()) say('Building');
  await buildIfStale();
  const host = chooseHost(chosen.forced, {
    mayFetch: chosen.values['fetch-electron'] ?? false,
    mayInstall: true,
  });
  say(`Running in ${host.name === 'electron' ? 'Electron' : 'an installed browser'} (${host.binary})`);
  const isHeadless = chosen.values.headless === true && host.name === 'chromium';
  const display = isHeadless ? null : await findOrStartDisplay(true);
  if (display?.isVirtual)
    say('There is no screen here: the window is on a virtual one (Xvfb) that nobody sees.');
  try {
    return await waitForEnd(spawnHost(host, hostArguments(chosen), display?.env ?? {}));
  } finally {
    display?.stop();
  }
}

try {
  process.exitCode = await start();
} catch (error) {
  say(`Booking Desk did not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
