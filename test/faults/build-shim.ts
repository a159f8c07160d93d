import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('io-shim.c', import.meta.url));
const target = fileURLToPath(new URL('../../out/faults/io-shim.so', import.meta.url));

const madeAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Compiles io-shim.c when it has changed and answers where the library is; throws what gcc says. */
export function buildShim(): string {
  if (madeAt(target) > madeAt(source)) return target;
  mkdirSync(dirname(target), { recursive: true });
  // Two suites may build it at once: each under a name of its own, and the last one stays.
  const own = `${target}.${process.pid}`;
  const gcc = spawnSync(
    'gcc',
    ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', own, source, '-ldl', '-lpthread'],
    { encoding: 'utf8' },
  );
  if (gcc.status !== 0)
    throw new Error(
      `io-shim.c was not compiled: ${gcc.stderr || String(gcc.error)} (needs gcc and libc6-dev)`,
    );
  renameSync(own, target);
  return target;
}
