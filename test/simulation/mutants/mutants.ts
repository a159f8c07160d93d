import { ENGINE_MUTANTS } from './engine-mutants.ts';
import { LATEST_MUTANTS } from './latest-mutants.ts';
import { MACHINE_MUTANTS } from './machine-mutants.ts';
import type { Mutant } from './mutant.ts';
import { PROOF_MUTANTS } from './proof-mutants.ts';

/** All wrong versions of the protocol that the simulation must catch. */
export const MUTANTS: readonly Mutant[] = [
  ...MACHINE_MUTANTS,
  ...ENGINE_MUTANTS,
  ...PROOF_MUTANTS,
  ...LATEST_MUTANTS,
];
