import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildShim } from './build-shim.ts';

export interface ShimFiles {
  /** The folder whose files count. */
  readonly folder: string;
  readonly trace?: string;
  readonly control?: string;
}

/** Starts a script of this folder as a process of its own, under the shim when its files are given. */
export function startChild(script: string, args: readonly string[], shim?: ShimFiles): ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { ...process.env };
  // What the runner of the tests set up for itself is not meant for the child.
  delete env['NODE_OPTIONS'];
  env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'booking-desk-node-cache');
  if (shim !== undefined) {
    env['LD_PRELOAD'] = buildShim();
    env['IO_SHIM_FOLDER'] = shim.folder;
    if (shim.trace !== undefined) env['IO_SHIM_TRACE'] = shim.trace;
    if (shim.control !== undefined) env['IO_SHIM_CONTROL'] = shim.control;
  }
  return spawn(process.execPath, [path, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs a script to its end and answers what it wrote to its standard output; rejects when it failed. */
export function runChild(script: string, args: readonly string[], shim?: ShimFiles): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = startChild(script, args, shim);
    let output = '';
    let errors = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${script} ended with ${code}: ${errors}`)),
    );
  });
}
