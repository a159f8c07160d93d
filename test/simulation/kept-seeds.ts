/** Seeds that failed once: each is a file of its own, kept for ever and run first in every run. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Action, DepthName } from './depth.ts';

export interface KeptSeed {
  readonly seed: number;
  readonly action: Action;
  readonly depth: DepthName;
  /** One line: what it broke. */
  readonly why: string;
}

const folder = fileURLToPath(new URL('./seeds/', import.meta.url));

/** The kept seeds of a depth. */
export function readKeptSeeds(depth: DepthName): KeptSeed[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const seeds = names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as KeptSeed);
  return seeds.filter((seed) => seed.depth === depth);
}

/** Keeps a seed; one that is kept already stays as it is. Gives the name of its file. */
export function keepSeed(kept: KeptSeed): string {
  const name = `${kept.depth}-${kept.action}-${kept.seed}.json`;
  mkdirSync(folder, { recursive: true });
  if (!readdirSync(folder).includes(name))
    writeFileSync(join(folder, name), `${JSON.stringify(kept, null, 2)}\n`);
  return name;
}
