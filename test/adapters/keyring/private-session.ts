/** A D-Bus session and a home of its own for the real keyring, so that nobody's own is touched (devices.md, section 3). */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbeStep } from './probe.ts';

const PROBE = fileURLToPath(new URL('./probe.ts', import.meta.url));
const VAULT_PROBE = fileURLToPath(new URL('./vault-probe.ts', import.meta.url));
const DAEMON = '/usr/bin/gnome-keyring-daemon';

/** What answers on the session's bus. */
export type Provider =
  /** The keyring, unlocked with the password of the test. */
  | 'unlocked'
  /** The keyring, started by the bus as on a desktop, and nobody who could answer its prompt. */
  | 'locked'
  /** The same, with a prompt that nobody ever answers. */
  | 'prompting'
  /** A bus that knows no service. */
  | 'bus-alone'
  /** No bus at all. */
  | 'no-bus';

export interface PrivateHome {
  /** Every file of the home by its path, with a digest of its content. */
  files(): Record<string, string>;
  /** Runs steps in a new session over this home, with one outcome each; ends the session. */
  run(provider: Provider, steps: readonly ProbeStep[]): Promise<unknown[]>;
  /** Runs one life of a desk in a new session, over a database beside this home; with the one line that it says. */
  live(provider: Provider): Promise<unknown>;
  remove(): void;
}

function busConfig(services: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>${services}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;
}

function writeService(folder: string, name: string, command: string): void {
  writeFileSync(join(folder, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${command}\n`);
}

/** The configuration files of the buses, by provider. */
function makeConfigs(folder: string): Readonly<Record<Exclude<Provider, 'no-bus'>, string>> {
  const start = `${DAEMON} --start --foreground --components=secrets`;
  const configs = { unlocked: [], 'bus-alone': [], locked: ['/bin/false'], prompting: ['/bin/sleep 30'] };
  const paths = Object.entries(configs).map(([provider, prompters]) => {
    const services = join(folder, `${provider}-services`);
    mkdirSync(services);
    prompters.forEach((prompter) => {
      writeService(services, 'org.freedesktop.secrets', start);
      writeService(services, 'org.gnome.keyring.SystemPrompter', prompter);
    });
    const path = join(folder, `${provider}.conf`);
    writeFileSync(path, busConfig(prompters.length > 0 ? `<servicedir>${services}</servicedir>` : ''));
    return [provider, path];
  });
  return Object.fromEntries(paths) as ReturnType<typeof makeConfigs>;
}

/** The lines that a command prints; it must print so many. One to be killed is so once they are there. */
function readLines(
  command: readonly string[],
  env: Record<string, string>,
  { wanted, mustKill }: { readonly wanted: number; readonly mustKill: boolean },
): Promise<string[]> {
  const [file = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [text, faults] = ['', ''];
    const lines = () => text.split('\n').slice(0, -1);
    const finish = () => {
      if (lines().length < wanted) return reject(new Error(`the probe ended early: ${faults}`));
      resolve(lines());
    };
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      // A call that hangs in the keyring keeps its process, even from leaving, for as long as the prompt stands.
      const isAllSaid = lines().length >= wanted;
      if (mustKill && isAllSaid && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    });
    child.stderr.on('data', (data: Buffer) => (faults += data.toString()));
    child.on('error', reject);
    child.on('exit', finish);
  });
}

/** Makes an empty home. `patienceMs` is how long the adapter waits in it. */
export function makePrivateHome({ patienceMs }: { readonly patienceMs: number }): PrivateHome {
  const root = mkdtempSync(join(tmpdir(), 'booking-desk-keyring-'));
  const [home, runtime] = [join(root, 'home'), join(root, 'run')];
  mkdirSync(home);
  mkdirSync(runtime, { mode: 0o700 });
  const configs = makeConfigs(root);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_RUNTIME_DIR: runtime,
    DAEMON,
  };
  const paths = () =>
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();

  async function runScript(provider: Provider, script: string, argument: object, wanted: number) {
    const probe = [process.execPath, script, JSON.stringify(argument)];
    const unlock = 'printf "ci\\n" | "$DAEMON" --unlock --components=secrets >/dev/null; exec "$@"';
    const inside = provider === 'unlocked' ? ['sh', '-c', unlock, 'sh', ...probe] : probe;
    const command =
      provider === 'no-bus'
        ? inside
        : ['dbus-run-session', `--config-file=${configs[provider]}`, '--', ...inside];
    const lines = await readLines(command, env, { wanted, mustKill: provider === 'prompting' });
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  return {
    files() {
      const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      return Object.fromEntries(paths().map((path) => [path, digest(path)]));
    },
    run: (provider, steps) => runScript(provider, PROBE, { steps, patienceMs }, steps.length),
    live: async (provider) =>
      (await runScript(provider, VAULT_PROBE, { database: join(root, 'records.sqlite') }, 1))[0],
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
