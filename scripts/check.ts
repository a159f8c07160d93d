/** `npm run check`: types, lint (with import rules and cycles), supply, format. Every part runs; any failure fails. */
import { spawn } from 'node:child_process';

/** The longest first, so that no core is left with one of them at the end. */
const PARTS: readonly (readonly [string, string[]])[] = [
  ['types of the tests', ['vue-tsc', '-p', 'tsconfig.test.json']],
  ['types of main and scripts', ['tsc', '-p', 'tsconfig.json']],
  ['lint, import rules', ['eslint', '--max-warnings', '0', '.']],
  ['format', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['types of the renderer', ['vue-tsc', '-p', 'tsconfig.renderer.json']],
  ['circular imports', ['node', 'scripts/check-cycles.ts']],
  ['supply: lockfile, licences, dependencies', ['node', 'scripts/check-supply.ts']],
];

interface Ended {
  readonly isFine: boolean;
  readonly output: string;
}

function run(command: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { shell: process.platform === 'win32' });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ isFine: false, output: output + error.message }));
    child.on('close', (code) => resolve({ isFine: code === 0, output }));
  });
}

/** Takes the next part until none is left; each is reported whole when it ends. */
async function runNext(parts: (readonly [string, string[]])[]): Promise<void> {
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const [name, [command = '', ...args]] = part;
    const { isFine, output } = await run(command, args);
    console.log(`${output}${isFine ? 'ok  ' : 'FAIL'} ${name}`);
    if (!isFine) process.exitCode = 1;
  }
}

const { NO_SCHEMAS } = process.env;
const schemas =
  NO_SCHEMAS === undefined
    ? await run(process.execPath, ['scripts/compile-schemas.ts'])
    : { isFine: true, output: '' };
if (!schemas.isFine) {
  console.error(schemas.output);
  process.exit(1);
}
// Two at a time: the types and the lint of all take one core each.
const left = [...PARTS];
await Promise.all([runNext(left), runNext(left)]);
