/**
 * `npm run simulate:mutants -- [--seeds N] [--from K] [--only name] [--workers N]`: wrong versions of the protocol, each
 * of which some seed must catch. Ends with 1 when fewer than 95 % are caught or a mutant is out of date.
 */
import { parseArgs } from 'node:util';
import type { Catch } from '../test/simulation/mutants/hunt.ts';
import type { Mutant } from '../test/simulation/mutants/mutant.ts';
import { MUTANTS } from '../test/simulation/mutants/mutants.ts';
import { runMutant } from '../test/simulation/mutants/run-mutant.ts';

/** Seeds of each of the five actions, at most. */
const USUAL_SEEDS = 60_000;
const LEAST_CAUGHT_PART = 0.95;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { seeds: text, from: text, only: text, workers: text } });
const hunt = {
  depth: 'protocol',
  from: Number(values.from ?? 1),
  seeds: Number(values.seeds ?? USUAL_SEEDS),
} as const;
const wanted = MUTANTS.filter(({ name }) => values.only === undefined || name.includes(values.only));

interface Found {
  readonly mutant: Mutant;
  readonly caught: Catch | null;
  /** Why it could not be made, or null. */
  readonly fault: string | null;
}

async function judge(mutant: Mutant): Promise<Found> {
  try {
    return { mutant, caught: await runMutant(mutant, hunt), fault: null };
  } catch (error) {
    return { mutant, caught: null, fault: error instanceof Error ? error.message : String(error) };
  }
}

function show({ mutant, caught, fault }: Found): void {
  const name = mutant.name.padEnd(36);
  if (fault !== null) console.log(`${name} NOT MADE: ${fault}`);
  else if (caught !== null)
    console.log(`${name} ${caught.action} ${caught.seed}: ${caught.violation.replace(/^\S+ s /, '')}`);
  else console.log(`${name} SURVIVED: ${mutant.survives ?? 'no reason is known'}`);
}

/** Takes the mutants one after the other, by as many hands as wished. */
async function judgeAll(): Promise<Found[]> {
  const found: Found[] = [];
  const left = [...wanted];
  const work = async () => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const result = await judge(mutant);
      found.push(result);
      show(result);
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers ?? 1) }, work));
  return found;
}

const found = await judgeAll();
const caught = found.filter((result) => result.caught !== null).length;
const part = found.length === 0 ? 0 : caught / found.length;
const isBroken = found.some(({ fault }) => fault !== null);
console.log(`mutants ${found.length}, caught ${caught} (${(100 * part).toFixed(1)} %)`);
process.exitCode = isBroken || part < LEAST_CAUGHT_PART ? 1 : 0;
