/**
 * `npm run build:ticket`: builds the 32-bit helper of the Identity Agent with mingw (`gcc-mingw-w64-i686-posix`).
 * It is to be code-signed with the product.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const source = join(root, 'native/ia-ticket/ia-ticket.c');
const target = join(root, 'dist/native/ia-ticket32.exe');
const compiler = process.env['IA_TICKET_CC'] ?? 'i686-w64-mingw32-gcc';

mkdirSync(dirname(target), { recursive: true });
const warnings = ['-Wall', '-Wextra', '-Werror', '-Wno-cast-function-type'];
const { status, error } = spawnSync(compiler, ['-Os', '-s', '-static', ...warnings, '-o', target, source], {
  stdio: 'inherit',
});
if (error) console.error(`${compiler} could not be run: install gcc-mingw-w64-i686-posix`);
if (status !== 0) process.exit(1);
console.log(`Built ${target}`);
