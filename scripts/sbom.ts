/**
 * `npm run sbom`: a bill of materials of everything in the lockfile (CycloneDX 1.5, `out/sbom.cdx.json`), by npm itself
 * and without a network. Nothing is written when a package of the lockfile is missing in it or has no digest.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nameOf, readJson, type Lockfile } from './supply/lockfile.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

interface Bill {
  readonly metadata: { readonly component: { name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly hashes?: unknown[];
  }[];
}

function readBill(): Bill {
  const asked = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync('npm', asked, {
    ...{ cwd: root, encoding: 'utf8', shell: isWindows, maxBuffer: 64 * 1024 * 1024 },
  });
  if (status !== 0) throw new Error(`npm sbom: ${stderr.trim()}`);
  return JSON.parse(stdout) as Bill;
}

/** What the lockfile has and the bill has not. */
function findMissing(bill: Bill, lock: Lockfile): readonly string[] {
  const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
  return Object.entries(lock.packages)
    .filter(([place]) => place !== '')
    .map(([place, { version }]) => `${nameOf(place)}@${version}`)
    .filter((entry) => !listed.has(entry));
}

const bill = readBill();
// npm takes the name of the folder.
bill.metadata.component.name = 'booking-desk';
const missing = findMissing(bill, readJson<Lockfile>(`${root}package-lock.json`));
const bare = bill.components.filter(({ hashes = [] }) => hashes.length === 0).map(({ name }) => name);
if (missing.length + bare.length > 0) {
  console.error(`Not in the bill: ${missing.join(', ')}; without a digest: ${bare.join(', ')}`);
  process.exitCode = 1;
} else {
  mkdirSync(`${root}out`, { recursive: true });
  writeFileSync(`${root}out/sbom.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`);
  console.log(`${bill.components.length} components in out/sbom.cdx.json (CycloneDX 1.5)`);
}
