/** Makes every call to the disk fail in turn, and holds what the desk was answered against what is on the disk. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openRecords } from './records.ts';
import { startChild } from './run-child.ts';
import { makeControlFile } from './shim-control.ts';
import { isDeadDisk, PLANS, type Plan, type Trial } from './syscall-plans.ts';

export interface SweepResult {
  /** Failures injected, one a trial. */
  readonly injected: number;
  /** Answered as saved, and not there after a restart. */
  readonly falseQueued: number;
  /** Answered as not saved, and there after a restart, on a disk that still took the cutting of its log. */
  readonly falseRefused: number;
  /** The same on a disk that took nothing more. */
  readonly inDoubt: number;
  /** Trials after which the folder does not open, its audit trail does not verify, or nothing can be saved. */
  readonly broken: number;
  /** Trials in which an open desk could not count its intents right after the answers. */
  readonly unread: number;
  readonly examples: readonly string[];
}

type Complaint = 'falseQueued' | 'falseRefused' | 'broken';

const describe = ({ plan, failAt, answers }: Trial) =>
  `${plan.name} no ${failAt}${plan.isLasting ? ' and on' : ''}, ${plan.scope}${plan.isFresh ? ', first start' : ''}: ` +
  answers.map(({ saved, reason }) => (saved ? 'saved' : reason)).join(', ');

/** What is wrong with a folder that must hold the wanted intents and no other. */
async function judgeFolder(folder: string, wanted: readonly string[]): Promise<Complaint[]> {
  try {
    const records = await openRecords(folder, 'OFF');
    try {
      const complaints: Complaint[] = [];
      if (wanted.some((intentId) => records.stateOf(intentId) !== 'QUEUED')) complaints.push('falseQueued');
      if (records.count() > wanted.length) complaints.push('falseRefused');
      if (!records.isTrailWhole()) complaints.push('broken');
      return complaints;
    } finally {
      records.close();
    }
  } catch {
    return ['broken'];
  }
}

/** What the desk shows right after its answers is what it said, or nothing at all. */
function judgeShown(shown: number | null, wanted: number): Complaint[] {
  if (shown === null || shown === wanted) return [];
  return [shown > wanted ? 'falseRefused' : 'falseQueued'];
}

/** Why something was not saved is a fault of the storage or a vault that stays shut, never an error of any other kind. */
const isExplained = (reason: string | null) =>
  reason === null || !reason.startsWith('untyped') || reason.includes('the vault stays shut');

function judgeAnswers({ answers, afterwards }: Trial): Complaint[] {
  return answers.every(({ reason }) => isExplained(reason)) && afterwards.saved !== null ? [] : ['broken'];
}

async function judgeTrial(work: string, trial: Trial, inTemplate: readonly string[]): Promise<Complaint[]> {
  const before = trial.plan.isFresh ? [] : inTemplate;
  const wanted = [...before, ...trial.answers.flatMap(({ saved }) => saved ?? [])];
  const [left, killed] = [join(work, trial.name), join(work, `${trial.name}-killed`)];
  const complaints = [
    ...judgeAnswers(trial),
    ...judgeShown(trial.shown, wanted.length),
    ...(await judgeFolder(killed, wanted)),
    ...(await judgeFolder(left, [...wanted, ...(trial.afterwards.saved ? [trial.afterwards.saved] : [])])),
  ];
  [left, killed].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  return [...new Set(complaints)];
}

async function sweep(folder: string, plans: readonly Plan[]): Promise<SweepResult> {
  const [work, control] = [join(folder, 'work'), join(folder, 'control')];
  mkdirSync(work);
  makeControlFile(control);
  const args = [work, control, JSON.stringify(plans)];
  const child = startChild('syscall-child.ts', args, { folder: work, control });
  if (child.stdout === null || child.stderr === null) throw new Error('the child has no pipes');
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const result = {
    injected: 0,
    falseQueued: 0,
    falseRefused: 0,
    inDoubt: 0,
    broken: 0,
    unread: 0,
    examples: [] as string[],
  };
  let before: readonly string[] | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (before === null) {
      before = (JSON.parse(line) as { before: string[] }).before;
      continue;
    }
    const trial = JSON.parse(line) as Trial;
    if (trial.injected > 0) result.injected += 1;
    if (trial.plan.scope !== 'open' && trial.shown === null) result.unread += 1;
    for (const complaint of await judgeTrial(work, trial, before)) {
      const kind = complaint === 'falseRefused' && isDeadDisk(trial.plan) ? 'inDoubt' : complaint;
      result[kind] += 1;
      if (kind !== 'inDoubt') result.examples.push(`${kind}: ${describe(trial)}`);
    }
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`syscall-child.ts ended with ${code}: ${errors}`);
  return { ...result, examples: result.examples.slice(0, 12) };
}

/** Runs the plans, by default all there are. */
export async function runSyscallSweep(plans: readonly Plan[] = PLANS): Promise<SweepResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'booking-desk-sweep-')));
  try {
    return await sweep(folder, plans);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
