/**
 * `npm run attack`: tries attacks S01 to S40 of the security rules, one line each; what only a device can show is listed
 * with what to type there. `-- --fuzz ipc --payloads 100000 [--channels a,b]` and `-- --fuzz wire --replies 100000
 * [--examples <folder>]` try what is almost right instead, `--seed N` other of it. Ends with 0 when all ended as required,
 * 1 when not, 2 on wrong use.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tries } from '../test/attacks/attack.ts';
import { ATTACKS } from '../test/attacks/attacks.ts';
import { judgeAttacks, type Ran } from '../test/attacks/judge-attacks.ts';
import { buildIfStale } from './build.ts';
import { ensureSystemParts } from './ensure-system-parts.ts';

const USAGE =
  'usage: npm run attack [-- --only S01,S02 | --fuzz ipc [--payloads N] [--channels a,b] | ' +
  '--fuzz wire [--replies N] [--examples <folder>]] [--seed N]';
const REPORT = 'out/attack/report.json';
const EXAMPLES = '../shared/ers/examples';
const USUAL_COUNT = 1_000;

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = {
    only: text,
    fuzz: text,
    payloads: text,
    replies: text,
    channels: text,
    examples: text,
    seed: text,
  };
  try {
    const { values } = parseArgs({ options });
    const counts = [values.payloads, values.replies, values.seed].filter((count) => count !== undefined);
    const isWrong = counts.some((count) => !/^\d{1,9}$/.test(count));
    const isKnown = values.fuzz === undefined || values.fuzz === 'ipc' || values.fuzz === 'wire';
    return isWrong || !isKnown ? null : values;
  } catch {
    return null;
  }
}

type Wanted = NonNullable<ReturnType<typeof readArguments>>;

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function runTests(files: readonly string[], pattern: string): Promise<Ran[]> {
  if (files.length === 0) return [];
  rmSync(REPORT, { force: true });
  mkdirSync('out/attack', { recursive: true });
  const reporters = ['--reporter=json', `--outputFile=${REPORT}`];
  const args = ['run', ...reporters, ...(pattern === '' ? [] : ['-t', pattern]), ...files];
  const isShell = process.platform === 'win32';
  await new Promise<void>((end) => {
    const child = spawn('vitest', args, { stdio: ['ignore', 'ignore', 'inherit'], shell: isShell });
    // Whatever it ends with: what counts is each test's own result, and that it has one.
    child.on('error', () => end()).on('close', () => end());
  });
  return existsSync(REPORT) ? readReport() : [];
}

function readReport(): Ran[] {
  const { testResults } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  return testResults.flatMap(({ name, assertionResults }) => {
    const file = relative(process.cwd(), name).split(sep).join('/');
    return assertionResults.map(({ fullName, status }) => ({ file, fullName, status }));
  });
}

/** Runs whole the files that an attack takes whole, and of the others only what is named. */
async function tryAll(tries: readonly Tries[]): Promise<Ran[]> {
  const filesOf = (some: readonly Tries[]) => [...new Set(some.map(({ file }) => file))];
  const whole = filesOf(tries.filter(({ names }) => names.includes('')));
  const named = tries.filter(({ file }) => !whole.includes(file));
  const pattern = [...new Set(named.flatMap(({ names }) => names))].map(escape).join('|');
  return [...(await runTests(whole, '')), ...(await runTests(filesOf(named), pattern))];
}

async function attack(wanted: Wanted): Promise<number> {
  const missing = ensureSystemParts(['chromium'], { mayInstall: true });
  if (missing.length > 0)
    console.error(`Missing: ${missing.join(', ')}. Attacks that need it are not tried, and fail.`);
  await buildIfStale();
  const ids = wanted.only?.split(',');
  const chosen = ATTACKS.filter(({ id }) => ids === undefined || ids.includes(id));
  const results = await tryAll(chosen.flatMap(({ tries }) => tries));
  const lines = judgeAttacks(chosen, results);
  lines.forEach(({ text }) => console.log(text));
  const here = lines.filter(({ isOnDevice }) => !isOnDevice);
  const failed = here.filter(({ isFine }) => !isFine).length;
  console.log(
    `${chosen.length} attacks: ${here.length - failed} ended as required, ${failed} did not, ` +
      `${lines.length - here.length} need a device`,
  );
  return failed === 0 ? 0 : 1;
}

const counted = (text: string | undefined, usual: number) => (text === undefined ? usual : Number(text));
const show = (faults: readonly string[]) => faults.forEach((fault) => console.error(`  ${fault}`));

async function fuzzIpc(wanted: Wanted): Promise<number> {
  const { fuzzIpc: fuzz } = await import('../test/attacks/fuzz/fuzz-ipc.ts');
  const report = await fuzz({
    payloads: counted(wanted.payloads, USUAL_COUNT),
    seed: counted(wanted.seed, 1),
    hasHeavy: true,
    ...(wanted.channels === undefined ? {} : { channels: wanted.channels.split(',') }),
  });
  const { channels, payloads, notCarried, handled, slowestMs, over50Ms, faults } = report;
  show(faults);
  console.log(
    `ipc: ${channels} channels, ${payloads} payloads (${notCarried} that no clone carries, ${handled} that a schema took): ` +
      `${faults.length} crashes, untyped errors or prototype changes; slowest refusal ${Math.round(slowestMs)} ms, ` +
      `${over50Ms} over 50 ms`,
  );
  return faults.length === 0 ? 0 : 1;
}

async function fuzzWire(wanted: Wanted): Promise<number> {
  const { fuzzWire: fuzz } = await import('../test/attacks/fuzz/fuzz-wire.ts');
  const examples = resolve(wanted.examples ?? EXAMPLES);
  const isThere = existsSync(resolve(examples, 'index.json'));
  if (!isThere)
    console.error(`There are no published examples in ${examples}; starting from those of the tests.`);
  const report = await fuzz({
    replies: counted(wanted.replies, USUAL_COUNT),
    seed: counted(wanted.seed, 1),
    examples: isThere ? examples : null,
  });
  const { operations, replies, kinds, fromExamples, faults } = report;
  show(faults);
  const counts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  console.log(
    `wire: ${operations} operations (${fromExamples} from published examples), ${replies} replies (${counts.join(', ')}): ` +
      `${faults.length} crashes, untyped errors or prototype changes`,
  );
  return faults.length === 0 ? 0 : 1;
}

const wanted = readArguments();
if (wanted === null) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (wanted.fuzz === 'ipc') process.exitCode = await fuzzIpc(wanted);
else if (wanted.fuzz === 'wire') process.exitCode = await fuzzWire(wanted);
else process.exitCode = await attack(wanted);
