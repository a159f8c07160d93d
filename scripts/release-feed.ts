/**
 * `npm run release:feed -- <command>`: the signed feed of releases (docs/installing.md, "Releases").
 *   keys                                       a new pair of keys, printed; the private one is kept in a vault
 *   sign <folder> --version --channel --date   signs for the installers in a folder; the key is in BOOKING_DESK_SIGNING_KEY
 *   check <feed> --key <public> [installers…]  whether a feed and the installers beside it are the publisher's
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  checkInstaller,
  parseRelease,
  readFeed,
  SIGNED_AS,
  type Release,
  type ReleaseFile,
} from '../src-main/features/updates/signed-feed.ts';
import { isPrerelease } from '../src-main/features/updates/versions.ts';

const INSTALLER = /^booking-desk-.*\.(exe|msi|deb|AppImage)$/;
/** Older than whatever is released, so that a feed can be looked at without an installation. */
const NOTHING_INSTALLED = '0.0.0';

const publicText = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');

function printKeys(): void {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  console.log(`BOOKING_DESK_UPDATE_KEYS=${publicText(publicKey)}`);
  console.log(`BOOKING_DESK_SIGNING_KEY=${secret}`);
}

async function describeFile(path: string): Promise<ReleaseFile> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return { name: basename(path), size: statSync(path).size, sha512: hash.digest('hex') };
}

interface SignOptions {
  readonly folder: string;
  readonly version: string;
  readonly channel: string;
  readonly date: string;
  /** PKCS#8 in base64. */
  readonly key: string;
}

/** Writes `<channel>.json` beside the installers; throws, with words, what no desk would believe or read. */
export async function signFeed({ folder, version, channel, date, key }: SignOptions): Promise<string> {
  const names = readdirSync(folder)
    .filter((name) => INSTALLER.test(name))
    .sort();
  if (names.length === 0) throw new Error(`there is no installer in ${folder}`);
  const files = await Promise.all(names.map((name) => describeFile(join(folder, name))));
  const release = { format: 1, product: 'booking-desk', channel, version, releasedOn: date, files };
  const text = JSON.stringify(release);
  if (parseRelease(text) === null)
    throw new Error('the version, the channel or the date is not one that a desk reads');
  if (channel === 'stable' && isPrerelease(version)) throw new Error('a beta belongs on the channel "beta"');
  const privateKey = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the signing key is not an Ed25519 key');
  const payload = Buffer.from(text);
  const signature = sign(null, Buffer.concat([Buffer.from(SIGNED_AS), payload]), privateKey);
  const feed = { payload: payload.toString('base64'), signature: signature.toString('base64') };
  const path = join(folder, `${channel}.json`);
  writeFileSync(path, `${JSON.stringify(feed)}\n`);
  const installed = { version: NOTHING_INSTALLED, channel: (release as Release).channel };
  const read = readFeed(readFileSync(path), {
    ...installed,
    keys: [publicText(createPublicKey(privateKey))],
  });
  if (!read.ok) throw new Error(`what was signed is not readable: ${read.problem.code}`);
  return path;
}

/** The faults of a feed and of installers, in words; none when all are the publisher's. */
export async function checkFeed(
  feed: string,
  publicKey: string,
  installers: readonly string[],
): Promise<readonly string[]> {
  const reads = (['stable', 'beta'] as const).map((channel) =>
    readFeed(readFileSync(feed), { version: NOTHING_INSTALLED, channel, keys: [publicKey] }),
  );
  const read = reads.find(({ ok }) => ok) ?? reads[0];
  if (read === undefined || !read.ok) return [`${feed}: ${read?.problem.code ?? 'feed-not-readable'}`];
  const release = read.value ?? { files: [] };
  const faults = installers.map(async (path) => {
    const checked = checkInstaller(release, await describeFile(path));
    return checked.ok ? [] : [`${path}: ${checked.problem.code}`];
  });
  return (await Promise.all(faults)).flat();
}

async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      ...{ version: { type: 'string' }, channel: { type: 'string' }, date: { type: 'string' } },
      key: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [command, first, ...rest] = positionals;
  if (command === 'keys') return (printKeys(), 0);
  if (command === 'sign' && first !== undefined) {
    const { version = '', channel = 'stable', date = '' } = values;
    const key = process.env['BOOKING_DESK_SIGNING_KEY'] ?? '';
    if (key === '') throw new Error('BOOKING_DESK_SIGNING_KEY holds no key');
    console.log(`Signed ${await signFeed({ folder: first, version, channel, date, key })}`);
    return 0;
  }
  if (command === 'check' && first !== undefined && values.key !== undefined) {
    const faults = await checkFeed(first, values.key, rest);
    console.log(faults.length === 0 ? 'All of it is the publisher’s' : faults.join('\n'));
    return faults.length === 0 ? 0 : 1;
  }
  console.error(
    'npm run release:feed -- keys | sign <folder> --version … --channel … --date … | check <feed> --key …',
  );
  return 2;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'unknown');
    process.exitCode = 1;
  }
}
