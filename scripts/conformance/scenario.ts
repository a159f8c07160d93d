/**
 * Scenarios: the business values of a published example, written by hand, and what its reply says. A scenario never
 * holds a body: that is what the run builds and compares.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Row } from './rows.ts';

export interface Scenario {
  /** The input of the operation; absent for rows of generic errors. */
  readonly input?: unknown;
  /** Values of the outcome by path, e.g. `state.code` or `entries.0.ubrn`; `entries.length` counts. */
  readonly expect?: Readonly<Record<string, unknown>>;
  /** False where the published request and response speak of different referrals: then the echo proves nothing. */
  readonly isPair?: false;
  /** The code of a refusal. */
  readonly code?: string;
}

const FOLDER = fileURLToPath(new URL('../../test/conformance/scenarios/', import.meta.url));

/** The scenario of a row; null when none was written for it. */
export function findScenario(row: Row): Scenario | null {
  const isSafe = [row.dialect, row.endpoint, row.name].every((part) => /^[A-Za-z0-9-]{1,120}$/.test(part));
  const file = join(FOLDER, row.dialect, row.endpoint, `${row.name}.json`);
  return isSafe && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Scenario) : null;
}

/** The value at a dotted path. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, key) => (at === null || at === undefined ? undefined : (at as Record<string, unknown>)[key]),
      value,
    );
}
