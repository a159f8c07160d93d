/** A screen for a window on a Linux machine that has none. */
import { spawn } from 'node:child_process';
import { ensureSystemParts, explainInstall } from './ensure-system-parts.ts';

export interface Display {
  /** The variables of the processes that shall use the screen. */
  readonly env: Readonly<Record<string, string>>;
  /** True when the screen is ours and nobody sees it. */
  readonly isVirtual: boolean;
  stop(): void;
}

/** Starts Xvfb on a free display number, which it tells on its third pipe. */
async function startVirtualDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once('error', reject).once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { env: { DISPLAY: `:${number}` }, isVirtual: true, stop: () => void server.kill() };
}

/** The screen of this machine, or a virtual one; throws, saying what to install, when there is neither. */
export async function findOrStartDisplay(mayInstall: boolean): Promise<Display> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY)
    return { env: {}, isVirtual: false, stop: () => undefined };
  const missing = ensureSystemParts(['xvfb'], { mayInstall });
  if (missing.length > 0) {
    throw new Error(
      `there is no screen (DISPLAY is not set) and no Xvfb; install it: ${explainInstall(missing)}`,
    );
  }
  return startVirtualDisplay();
}
