/**
 * The feed that announces releases: one small file, signed with Ed25519 over its exact bytes. Where it lies does not
 * matter; who signed it does. What is not signed by a key of this package, of another channel, or older than what is
 * installed is refused (attack S40).
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { compareVersions, isPrerelease, isVersion } from './versions.ts';

export const CHANNELS = ['stable', 'beta'] as const;
export type UpdateChannel = (typeof CHANNELS)[number];

/** An installer of a release; its digest is what was signed, so a file that differs by one byte is none of it. */
export interface ReleaseFile {
  readonly name: string;
  readonly size: number;
  /** Of SHA-512, in lower-case hex. */
  readonly sha512: string;
}

export interface Release {
  readonly format: 1;
  readonly product: 'booking-desk';
  readonly channel: UpdateChannel;
  readonly version: string;
  /** A day, `YYYY-MM-DD`. */
  readonly releasedOn: string;
  readonly files: readonly ReleaseFile[];
}

/** What this installation is and whom it believes. */
export interface Installed {
  readonly version: string;
  readonly channel: UpdateChannel;
  /** Public keys in base64 (SPKI). More than one while the key of the publisher is being replaced. */
  readonly keys: readonly string[];
}

/** The feed is read whole; a larger one is none of ours. */
export const LARGEST_FEED = 65_536;

/** In front of what is signed, so that no signature of something else of the publisher's can be used as one of these. */
export const SIGNED_AS = 'booking-desk-release-1\n';

const SHA512 = /^[0-9a-f]{128}$/;
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    // Torn, or the page of a portal: the caller says that it is no feed.
    return null;
  }
}

function readKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    // No key at all: it signs nothing.
    return null;
  }
}

function isSigned(payload: Buffer, signature: Buffer, keys: readonly string[]): boolean {
  const signed = Buffer.concat([Buffer.from(SIGNED_AS), payload]);
  return keys.some((text) => {
    const key = readKey(text);
    return key !== null && verify(null, signed, key, signature);
  });
}

function isFile(value: unknown): value is ReleaseFile {
  if (typeof value !== 'object' || value === null) return false;
  const { name, size, sha512 } = value as Partial<Record<keyof ReleaseFile, unknown>>;
  return (
    typeof name === 'string' &&
    FILE_NAME.test(name) &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size > 0 &&
    typeof sha512 === 'string' &&
    SHA512.test(sha512)
  );
}

/** The release that a text names, or null; used by the signer too, so that nothing is signed that no desk can read. */
export function parseRelease(text: string): Release | null {
  const value = parseObject(text);
  if (value === null) return null;
  const { format, product, channel, version, releasedOn, files } = value;
  const isWhole =
    format === 1 &&
    product === 'booking-desk' &&
    CHANNELS.includes(channel as UpdateChannel) &&
    typeof version === 'string' &&
    isVersion(version) &&
    typeof releasedOn === 'string' &&
    DAY.test(releasedOn) &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.length <= 50 &&
    files.every(isFile);
  return isWhole ? (value as unknown as Release) : null;
}

/**
 * The release that a feed announces, believed; null when it is the installed one. Problems, all `rejected`:
 * `feed-too-large`, `feed-not-readable`, `feed-not-signed` (by none of the keys), `feed-other-channel`,
 * `feed-older-version`. Nothing of the payload is looked at before its signature is right.
 */
export function readFeed(bytes: Uint8Array, installed: Installed): Outcome<Release | null> {
  if (bytes.byteLength > LARGEST_FEED) return fail('rejected', 'feed-too-large');
  const envelope = parseObject(Buffer.from(bytes).toString('utf8'));
  if (envelope === null) return fail('rejected', 'feed-not-readable');
  const { payload, signature } = envelope;
  if (typeof payload !== 'string' || !BASE64.test(payload)) return fail('rejected', 'feed-not-readable');
  if (typeof signature !== 'string' || !BASE64.test(signature)) return fail('rejected', 'feed-not-signed');
  const signed = Buffer.from(payload, 'base64');
  if (!isSigned(signed, Buffer.from(signature, 'base64'), installed.keys))
    return fail('rejected', 'feed-not-signed');
  const release = parseRelease(signed.toString('utf8'));
  if (release === null) return fail('rejected', 'feed-not-readable');
  return judge(release, installed);
}

function judge(release: Release, { version, channel }: Installed): Outcome<Release | null> {
  if (release.channel !== channel) return fail('rejected', 'feed-other-channel');
  if (channel === 'stable' && isPrerelease(release.version)) return fail('rejected', 'feed-other-channel');
  const step = compareVersions(release.version, version);
  if (step < 0) return fail('rejected', 'feed-older-version');
  return ok(step === 0 ? null : release);
}

/** Whether an installer is the one that was signed. Problems: `rejected`, `file-not-of-release` or `file-differs`. */
export function checkInstaller(
  release: Pick<Release, 'files'>,
  file: { readonly name: string; readonly size: number; readonly sha512: string },
): Outcome<void> {
  const signed = release.files.find(({ name }) => name === file.name);
  if (signed === undefined) return fail('rejected', 'file-not-of-release');
  const isSame = signed.size === file.size && signed.sha512 === file.sha512;
  return isSame ? ok(undefined) : fail('rejected', 'file-differs');
}
