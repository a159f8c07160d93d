/**
 * In main no text becomes code (attack S03). Electron hears `--disallow-code-generation-from-strings` too late for a
 * process that runs already, so the ways themselves are closed; the host without Electron is started with the switch.
 */

/** The part of the global object that makes code of texts. */
export interface CodeMakers {
  eval: unknown;
  Function: unknown;
}

/** A function of each kind, made by the world that is to be closed. */
const MAKERS: readonly (() => unknown)[] = [
  () => undefined,
  async () => undefined,
  function* () {
    yield undefined;
  },
  async function* () {
    yield undefined;
  },
];

const FIXED = { writable: false, configurable: false } as const;

function makeRefusal(prototype: object): () => never {
  function refuseCode(): never {
    throw new EvalError('Code generation from strings is disallowed in this process');
  }
  // Whoever asks `instanceof Function` gets the same answer as before.
  refuseCode.prototype = prototype;
  return refuseCode;
}

/** Makes `eval` and the constructors of all four kinds of function throw, for good. */
export function stopStringCode(world: CodeMakers): void {
  for (const maker of MAKERS) {
    const prototype = Object.getPrototypeOf(maker) as object;
    Object.defineProperty(prototype, 'constructor', { value: makeRefusal(prototype), ...FIXED });
  }
  const refusal = makeRefusal(Object.getPrototypeOf(MAKERS[0]) as object);
  Object.defineProperty(world, 'Function', { value: refusal, ...FIXED });
  Object.defineProperty(world, 'eval', { value: refusal, ...FIXED });
}
