import { Type, type Static } from 'typebox';
import { oneOf, strict, text } from '../schema.ts';

/** What the desk looks at of itself and its machine, in the order in which it is shown. */
export const CHECKS = [
  'network',
  'proxy',
  'sign-in',
  'reader',
  'clock',
  'keyring',
  'disk',
  'audit',
  'printer',
  'versions',
  'updates',
] as const;

/** `unknown`: it could not be found out, or not in time. */
export const VERDICTS = ['ok', 'warn', 'fail', 'unknown'] as const;

const id = oneOf(CHECKS);

/** What one check found. No fact is of a patient, a person or a credential. */
const checkResult = strict({
  id,
  verdict: oneOf(VERDICTS),
  /** What was found, as a code; the words for it and for what to do live in the renderer. */
  code: text(60),
  facts: Type.Array(
    strict({ name: text(40), value: Type.Union([text(160), Type.Number(), Type.Boolean()]) }),
    { maxItems: 20 },
  ),
});

export const requests = {
  /** A fault that the renderer met: its kind and place only, never a text of the page. */
  'diagnostics/report-fault': {
    input: strict({ kind: text(40), place: text(120) }),
    output: strict({}),
  },
  /**
   * Runs one check, also before sign-in and behind the lock; always answers within a bounded time. Each is asked for
   * by itself, so that one that hangs holds up no other.
   */
  'diagnostics/run-check': { input: strict({ id }), output: checkResult },
  /** What the checks found last, as plain text for the service desk, with versions and role; nothing of any person. */
  'diagnostics/read-report': { input: strict({}), output: strict({ text: text(8000) }) },
};

export const pushes = {};

export type CheckId = (typeof CHECKS)[number];
export type Verdict = (typeof VERDICTS)[number];
export type CheckResult = Static<typeof checkResult>;
