/** Starts the browser on a private profile, joined to this process by two pipes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { openPipeConnection, type PipeConnection } from './pipe-connection.ts';

export interface LaunchOptions {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly profileDir: string;
  readonly url: string;
}

export interface LaunchedBrowser {
  readonly connection: PipeConnection;
  readonly pid: number;
  /** Resolves when the process has ended, with its last words on stderr. */
  readonly exited: Promise<{ readonly code: number | null; readonly lastLines: readonly string[] }>;
  /** Asks the browser to close and waits for its end; after the grace period it is killed. */
  close(): Promise<void>;
}

const GRACE_MS = 5_000;
const KEPT_LINES = 5;

function keepLastLines(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
    lines.splice(0, Math.max(0, lines.length - KEPT_LINES));
  });
  return lines;
}

/** Starts the browser as an app window on `url`; rejects when the program cannot be started. */
export async function launchBrowser(options: LaunchOptions): Promise<LaunchedBrowser> {
  const child = spawn(
    options.executable,
    [
      ...options.arguments,
      '--remote-debugging-pipe',
      `--user-data-dir=${options.profileDir}`,
      '--window-size=1440,900',
      `--app=${options.url}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const lastLines = keepLastLines(child);
  const exited = new Promise<{ code: number | null; lastLines: readonly string[] }>((resolve) => {
    child.once('close', (code) => resolve({ code, lastLines }));
  });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (!(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) {
    child.kill('SIGKILL');
    throw new Error('The browser was started without its pipes');
  }
  const connection = openPipeConnection(toBrowser, fromBrowser);
  return {
    connection,
    pid: child.pid ?? 0,
    exited,
    async close() {
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      // The browser may be closing by itself; its end is what counts, not its answer.
      connection.browser.send('Browser.close').catch(() => undefined);
      await exited;
      clearTimeout(timer);
    },
  };
}
