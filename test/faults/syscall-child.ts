/**
 * A process whose n-th call to the disk fails, for every n there is: it opens the records of a folder, puts an intent
 * on disk, and writes a line of JSON about what it was answered. Runs under the shim. Arguments: work folder, control
 * file, and the plans as JSON.
 */
import { cpSync, mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StorageFault } from '../../src-main/app/ports.ts';
import { openRecords, type Records } from './records.ts';
import { openShimControl, type ShimControl } from './shim-control.ts';
import type { Plan, Trial } from './syscall-plans.ts';

/** An answer: the intent's id when it was saved, else why not. */
type Answer = Trial['answers'][number];

const [work = '', controlPath = '', plansJson = '[]'] = process.argv.slice(2);
const template = join(work, 'template');

function reasonOf(error: unknown): string {
  return error instanceof StorageFault ? error.code : `untyped: ${String(error)}`;
}

function enqueue(records: Records): Answer {
  try {
    return { saved: records.enqueue(), reason: null };
  } catch (error) {
    return { saved: null, reason: reasonOf(error) };
  }
}

/** How many intents the desk would show; null when it could not be read. */
function countShown(records: Records): number | null {
  try {
    return records.count();
  } catch {
    return null;
  }
}

interface Ran {
  readonly records: Records | null;
  readonly answers: Answer[];
  readonly shown: number | null;
}

/** Does the work of a plan while its fault is armed. */
async function runArmed(plan: Plan, folder: string, failAt: number, control: ShimControl): Promise<Ran> {
  const { mask, error, isLasting } = plan;
  const arm = () => control.arm({ mask, failAt, error, isLasting });
  if (plan.scope === 'open') arm();
  try {
    const records = await openRecords(folder);
    if (plan.scope === 'open-desk') arm();
    if (plan.scope === 'checkpoint') {
      records.storage.all('PRAGMA wal_autocheckpoint=1');
      arm();
    }
    const answers = [enqueue(records), ...(isLasting ? [enqueue(records)] : [])];
    return { records, answers, shown: countShown(records) };
  } catch (failure) {
    return { records: null, answers: [{ saved: null, reason: reasonOf(failure) }], shown: null };
  }
}

async function runTrial(plan: Plan, failAt: number, name: string, control: ShimControl): Promise<boolean> {
  const folder = join(work, name);
  if (plan.isFresh) mkdirSync(folder);
  else cpSync(template, folder, { recursive: true });
  const ran = await runArmed(plan, folder, failAt, control);
  const { injected } = control.disarm();
  // The folder as a kill at this moment would leave it.
  cpSync(folder, `${folder}-killed`, { recursive: true });
  // The disk works again: the same process goes on, or a new start does.
  const records = ran.records ?? (await openRecords(folder));
  const afterwards = enqueue(records);
  records.close();
  const trial: Trial = { name, plan, failAt, injected, answers: ran.answers, shown: ran.shown, afterwards };
  writeSync(1, `${JSON.stringify(trial)}\n`);
  return injected > 0;
}

async function runPlan(plan: Plan, index: number, control: ShimControl): Promise<void> {
  for (let failAt = 1; await runTrial(plan, failAt, `${index}-${failAt}`, control); failAt += 1);
}

const control = openShimControl(controlPath);
mkdirSync(template);
const records = await openRecords(template);
writeSync(1, `${JSON.stringify({ before: [records.enqueue(), records.enqueue()] })}\n`);
records.close();
for (const [index, plan] of (JSON.parse(plansJson) as Plan[]).entries()) await runPlan(plan, index, control);
