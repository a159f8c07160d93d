/** `npm run check`: types, lint (with import rules and cycles), format. Every part runs; any failure fails. */
import { spawn } from 'node:child_process';

const PARTS: readonly (readonly [string, string[]])[] = [
  ['types of main and scripts', ['tsc', '-p', 'tsconfig.json']],
  ['types of the renderer', ['vue-tsc', '-p', 'tsconfig.renderer.json']],
  ['types of the tests', ['vue-tsc', '-p', 'tsconfig.test.json']],
  ['lint, import rules, circular imports', ['eslint', '--max-warnings', '0', '.']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
];

function run(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

const { NO_SCHEMAS } = process.env;
if (NO_SCHEMAS === undefined && !(await run(process.execPath, ['scripts/compile-schemas.ts'])))
  process.exit(1);
let failed = 0;
for (const [name, [command, ...args]] of PARTS) {
  const isFine = await run(command ?? '', args);
  console.log(`${isFine ? 'ok  ' : 'FAIL'} ${name}`);
  if (!isFine) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
