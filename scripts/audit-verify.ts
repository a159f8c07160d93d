/**
 * Walks the audit trail of a data folder and compares it with its sealed end, without the app and without writing
 * anything: `npm run audit:verify -- --data <folder>`. Ends with 0 when the trail is whole, 1 when it is not, 2 when
 * that cannot be found out. Prints numbers of rows, and nothing of any entry.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { createSystemClock } from '../src-main/adapters/node/system-clock.ts';
import type { AppSettings, SqlValue, Storage } from '../src-main/app/ports.ts';
import { toIso } from '../src-main/contract/london-time.ts';
import { judgeSeal } from '../src-main/features/audit/judge-seal.ts';
import { beginCheck } from '../src-main/features/audit/trail-check.ts';
import { createChain, type Chain } from '../src-main/features/audit/trail-rows.ts';
import { readSeal, type ReadSeal } from '../src-main/features/audit/trail-seal.ts';
import { createKeptSecrets } from '../src-main/features/vault/kept-secrets.ts';
import { createTags } from '../src-main/features/vault/tags.ts';
import { composeSecrets } from '../src-main/hosts/compose-secrets.ts';
import { findDataRoot } from '../src-main/hosts/data-folder.ts';

const ENVIRONMENTS: readonly AppSettings['environment'][] = ['training', 'sandbox', 'integration', 'live'];
const FILE = 'booking-desk.sqlite';
const USAGE = `npm run audit:verify -- [--data <folder>] [--environment ${ENVIRONMENTS.join('|')}] [--secrets keyring]

--data is the folder that was given as --data-dir; without it, it is the place of the operating system.
Run it as the user whose desk it is: the key lies in their keyring.`;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Reads alone: the app may run meanwhile. */
function openForReading(path: string): Pick<Storage, 'all'> & { close(): void } {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  return {
    all: (sql, ...values) => database.prepare(sql).all(...values) as Record<string, SqlValue>[],
    close: () => database.close(),
  };
}

function verify(storage: Pick<Storage, 'all'>, chain: Chain, seal: ReadSeal): readonly string[] {
  const head = seal.kind === 'sealed' ? seal.head : null;
  const { loss, doubt } = judgeSeal(storage, chain, seal, toIso(createSystemClock().nowMs()));
  // Rows of before the keyed chain are looked at by their hash alone: opening them is for the app.
  const check = beginCheck({ storage, chain, opens: () => true, keyedFrom: head?.keyedFrom ?? null });
  while (!check.step());
  const { firstBad, rows } = check.result();
  const isExplained = doubt === null || (firstBad !== null && firstBad.seq <= doubt.seq);
  const found = [firstBad, loss, isExplained ? null : doubt, ...(head?.losses ?? [])];
  print(`${rows} rows fit.`);
  if (seal.kind === 'unavailable') print('The keyring did not give the sealed end: it was not compared.');
  return found.flatMap((one) => (one === null ? [] : [`${one.kind}: row ${one.seq}`]));
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      environment: { type: 'string', default: 'training' },
      secrets: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const environment = ENVIRONMENTS.find((name) => name === values.environment);
  if (values.help || environment === undefined) {
    print(USAGE);
    return 2;
  }
  const dataDir = values.data === undefined ? null : resolve(values.data);
  const root = dataDir ?? findDataRoot();
  const folder = existsSync(join(root, FILE)) ? root : join(root, environment);
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    print(`There is no ${FILE} in ${folder}.`);
    return 2;
  }
  const place = {
    environment,
    dataDir,
    ...(values.secrets === 'keyring' ? { secrets: 'keyring' as const } : {}),
  };
  const secrets = composeSecrets({ options: place, folder, clock: createSystemClock() });
  const tagKey = await createKeptSecrets(secrets).readTagKey();
  if (!tagKey.ok || tagKey.value === null) {
    print(
      `The key of this desk's records cannot be had (${tagKey.ok ? 'there is none' : tagKey.problem.code}).`,
    );
    return 2;
  }
  const chain = createChain({ tag: createTags(tagKey.value) });
  const storage = openForReading(path);
  try {
    const findings = verify(storage, chain, await readSeal(secrets, chain));
    findings.forEach(print);
    print(
      findings.length === 0
        ? 'The trail is whole.'
        : `The trail is NOT whole. Copies: ${countCopies(folder)}.`,
    );
    return findings.length === 0 ? 0 : 1;
  } finally {
    storage.close();
  }
}

/** Where to look next: the nightly copies, each of which has the trail up to its day. */
function countCopies(folder: string): number {
  const copies = join(folder, 'copies');
  return existsSync(copies) ? readdirSync(copies).filter((name) => name.endsWith('.sqlite')).length : 0;
}

process.exitCode = await main();
