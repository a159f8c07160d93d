/** Runs every row of an examples folder, plain or with changed values. */
import { casesOf, checkCase, type Case } from './check-row.ts';
import { mutantsOf } from './mutate.ts';
import { readRows, titleOf, type Row } from './rows.ts';

export interface Report {
  readonly lines: readonly string[];
  readonly passed: number;
  readonly failed: number;
  readonly notCovered: number;
}

/** Checks every row that names an operation of this client. Throws when the folder has no index. */
export async function runConformance(folder: string): Promise<Report> {
  return collect(folder, async (cases) => {
    const faults = await Promise.all(cases.map(checkCase));
    return faults.flat();
  });
}

/** Changes one value of each row at a time; `failed` counts the rows where a change went unnoticed. */
export async function runMutations(folder: string): Promise<Report> {
  return collect(folder, async (cases) => {
    const missed = await Promise.all(cases.map(missedMutants));
    return missed.flat();
  });
}

/** A row without any value to change proves nothing, which is a fault too. */
async function missedMutants(item: Case): Promise<string[]> {
  const mutants = mutantsOf(item);
  if (mutants.length === 0) return ['no value to change'];
  const results = await Promise.all(
    mutants.map(async ({ what, mutant }) => ({ what, isCaught: await isCaught(mutant) })),
  );
  return results
    .filter((result) => !result.isCaught)
    .map(({ what }) => `a changed value went unnoticed: ${what}`);
}

async function isCaught(mutant: Case): Promise<boolean> {
  return (await checkCase(mutant)).length > 0;
}

async function collect(
  folder: string,
  check: (cases: readonly Case[]) => Promise<string[]>,
): Promise<Report> {
  const lines: string[] = [];
  const count = { passed: 0, failed: 0, notCovered: 0 };
  for (const row of readRows(folder)) {
    const cases = casesOf(row);
    if (cases.length === 0) {
      count.notCovered += 1;
      continue;
    }
    const faults = await faultsOf(row, () => check(cases));
    if (faults.length === 0) count.passed += 1;
    else {
      count.failed += 1;
      lines.push(...faults.map((fault) => `${titleOf(row)}: ${fault}`));
    }
  }
  return { lines, ...count };
}

/** One row's defect must not stop the run. */
async function faultsOf(row: Row, check: () => Promise<string[]>): Promise<string[]> {
  try {
    return [...new Set(await check())];
  } catch (error) {
    return [`could not be checked: ${error instanceof Error ? error.message : row.name}`];
  }
}
