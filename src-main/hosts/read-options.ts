/** The options of a start, from the command line or else the environment of the process. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AppSettings } from '../app/ports.ts';

type EnvironmentName = AppSettings['environment'];
type DialectName = AppSettings['dialect'];
type SecretsName = 'key-file' | 'keyring';

export interface HostOptions {
  readonly environment: EnvironmentName;
  readonly dialect: DialectName;
  /** Makes the training world; the same seed makes the same patients. */
  readonly seed: number;
  /** Root of the data folders; null is the place of the operating system. */
  readonly dataDir: string | null;
  /** Where the keys are kept; absent is the way of the environment. Key files are for training alone. */
  readonly secrets?: SecretsName;
}

export type ReadOptions =
  { readonly ok: true; readonly options: HostOptions } | { readonly ok: false; readonly message: string };

const ENVIRONMENTS: readonly EnvironmentName[] = ['training', 'sandbox', 'integration', 'live'];
const DIALECTS: readonly DialectName[] = ['api-platform', 'spine-session'];
const SECRETS: readonly SecretsName[] = ['key-file', 'keyring'];

/** The option names that a host understands, for `parseArgs`. */
export const HOST_OPTION_NAMES = {
  environment: { type: 'string' },
  dialect: { type: 'string' },
  seed: { type: 'string' },
  'data-dir': { type: 'string' },
  secrets: { type: 'string' },
} as const;

function findName<T extends string>(names: readonly T[], text: string): T | null {
  return names.find((name) => name === text) ?? null;
}

/** Options from arguments (which may hold foreign ones, as Electron's do) and `BOOKING_DESK_…` variables. */
export function readOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadOptions {
  const { values } = parseArgs({ args: [...argv], options: HOST_OPTION_NAMES, strict: false });
  const pick = (name: keyof typeof HOST_OPTION_NAMES): string | undefined => {
    const given = values[name];
    return typeof given === 'string' ? given : env[`BOOKING_DESK_${name.replace('-', '_').toUpperCase()}`];
  };
  const environment = findName(ENVIRONMENTS, pick('environment') ?? 'training');
  if (!environment) return { ok: false, message: `--environment is one of ${ENVIRONMENTS.join(', ')}` };
  const dialect = findName(DIALECTS, pick('dialect') ?? 'api-platform');
  if (!dialect) return { ok: false, message: `--dialect is one of ${DIALECTS.join(', ')}` };
  const seedText = pick('seed') ?? '1';
  if (!/^\d{1,9}$/.test(seedText)) return { ok: false, message: '--seed is a number of 1 to 9 digits' };
  const dataDir = pick('data-dir');
  if (dataDir === '') return { ok: false, message: '--data-dir needs a folder' };
  const folder = dataDir ? resolve(dataDir) : null;
  const options: HostOptions = { environment, dialect, seed: Number(seedText), dataDir: folder };
  const wanted = pick('secrets');
  if (wanted === undefined) return { ok: true, options };
  const secrets = findName(SECRETS, wanted);
  if (!secrets) return { ok: false, message: `--secrets is one of ${SECRETS.join(', ')}` };
  if (secrets === 'key-file' && environment !== 'training')
    return { ok: false, message: '--secrets key-file is for training only' };
  return { ok: true, options: { ...options, secrets } };
}
