/**
 * `npm run conformance -- --examples <folder> [--mutate]`: compares the client with published examples.
 * Ends with 0 when all known rows pass (with `--mutate`: when every changed value is noticed), 1 when not, 2 on wrong use.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runConformance, runMutations } from './conformance/run.ts';

const USAGE = 'usage: npm run conformance -- --examples <folder with index.json> [--mutate]';

function readArguments(): { folder: string; isMutating: boolean } | null {
  try {
    const { values } = parseArgs({ options: { examples: { type: 'string' }, mutate: { type: 'boolean' } } });
    return values.examples === undefined
      ? null
      : { folder: resolve(values.examples), isMutating: values.mutate ?? false };
  } catch {
    return null;
  }
}

async function main(): Promise<number> {
  const wanted = readArguments();
  if (wanted === null) {
    console.error(USAGE);
    return 2;
  }
  if (!existsSync(join(wanted.folder, 'index.json'))) {
    console.error(`There is no index.json in ${wanted.folder}.\n${USAGE}`);
    return 2;
  }
  const report = wanted.isMutating ? await runMutations(wanted.folder) : await runConformance(wanted.folder);
  report.lines.forEach((line) => console.log(line));
  const { passed, failed, notCovered } = report;
  console.log(
    wanted.isMutating
      ? `${passed + failed} rows, ${passed} caught`
      : `${passed} passed, ${failed} failed, ${notCovered} not yet covered`,
  );
  return failed === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main();
