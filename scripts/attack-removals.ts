/**
 * `npm run attack:removals [-- --only 13]`: proves that each item of the security checklist is missed when it is gone.
 * In a copy of the sources it takes the effect of one file, or one option alone, out at a time and sees the named test
 * fail. Ends with 0 when every test passes with its file and fails without, else 1.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tries } from '../test/attacks/attack.ts';
import { OPTIONS } from '../test/attacks/checklist-options.ts';
import { CHECKLIST, type Item } from '../test/attacks/checklist.ts';

const COPIED = ['src-main', 'src-renderer', 'test', 'scripts', 'resources', 'build/generated', 'dist'];
const FILES = ['package.json', 'vitest.config.ts', 'vite.config.ts', 'tsconfig.base.json', 'tsconfig.json'];

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = [...CHECKLIST, ...OPTIONS].filter(
  ({ item }) => values.only === undefined || String(item) === values.only,
);

function makeCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'booking-desk-removals-'));
  const isNeeded = (path: string) => !/\/screens\/|\.map$/.test(path);
  for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true, filter: isNeeded });
  for (const path of FILES) cpSync(path, join(copy, path));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

type Ended = 'passed' | 'failed' | 'not run';

/** How the named test ends in the copy; one that was not found, or whose file does not load, was not run. */
function runTest(copy: string, { file, names }: Tries): Promise<Ended> {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const escaped = (names[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const args = ['run', '--root', copy, '--reporter=json', `--outputFile=${report}`, '-t', escaped, file];
  return new Promise((end) => {
    const child = spawn('vitest', args, { cwd: copy, stdio: 'ignore', shell: process.platform === 'win32' });
    child.on('error', () => end('not run')).on('close', () => end(readEnd(report)));
  });
}

function readEnd(report: string): Ended {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      number
    >;
    if ((numFailedTests ?? 0) > 0) return 'failed';
    return (numPassedTests ?? 0) > 0 ? 'passed' : 'not run';
  } catch {
    return 'not run';
  }
}

async function prove(copy: string, { file, remove, test }: Item): Promise<string | null> {
  const whole = readFileSync(file, 'utf8');
  const removed = remove.reduce((source, [from, to]) => source.replaceAll(from, to), whole);
  if (removed === whole) return 'what is to be taken out is not there';
  const path = join(copy, file);
  try {
    writeFileSync(path, removed);
    const without = await runTest(copy, test);
    return without === 'failed' ? null : `without it the test ${without}`;
  } finally {
    writeFileSync(path, whole);
  }
}

const copy = makeCopy();
let unproven = 0;
try {
  const whole = new Map<string, Ended>();
  for (const one of wanted) {
    const key = `${one.test.file} ${one.test.names.join()}`;
    const before = whole.get(key) ?? (await runTest(copy, one.test));
    whole.set(key, before);
    const fault = before === 'passed' ? await prove(copy, one) : `with it the test ${before}`;
    if (fault !== null) unproven += 1;
    const label = `${String(one.item).padStart(4)}  ${one.stops}`;
    console.log(
      fault === null ? `${label}: "${one.test.names[0]}" fails without it` : `${label}: NOT PROVEN, ${fault}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${wanted.length} removals, ${wanted.length - unproven} seen by a test`);
process.exitCode = unproven === 0 ? 0 : 1;
