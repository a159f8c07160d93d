/** A wrong version of the protocol: a small change of the text of a source file, made as it is loaded. */

export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Must occur once, or the mutant is out of date. */
  readonly find: string;
  readonly replace: string;
}

export interface Mutant {
  readonly name: string;
  readonly breaks: string;
  readonly edits: readonly Edit[];
  /** Why no seed is expected to catch it; most have none. */
  readonly survives?: string;
}

const OUTBOX = 'src-main/features/outbox/';

const editIn = (file: string) => (find: string, replace: string) => ({ file, find, replace });

export const inMachine = editIn(`${OUTBOX}protocol/machine.ts`);
export const inRules = editIn(`${OUTBOX}protocol/action-rules.ts`);
export const inAnswer = editIn(`${OUTBOX}protocol/answer.ts`);
export const inEngine = editIn(`${OUTBOX}engine.ts`);
export const inLineUp = editIn(`${OUTBOX}line-up.ts`);
export const inProofs = editIn(`${OUTBOX}actions/proofs.ts`);
export const inOutcomes = editIn(`${OUTBOX}actions/outcomes.ts`);
export const inEvidence = editIn(`${OUTBOX}actions/evidence.ts`);
export const inSleepWatch = editIn(`${OUTBOX}sleep-watch.ts`);
export const inPace = editIn('src-main/ers/transport/pace.ts');
export const inFindCreated = editIn(`${OUTBOX}actions/find-created.ts`);
export const inModelReviewing = editIn('test/simulation/protocol/model-reviewing.ts');
export const inModelActions = editIn('test/simulation/protocol/model-actions.ts');
export const inModelApp = editIn('test/simulation/protocol/app-instance.ts');
