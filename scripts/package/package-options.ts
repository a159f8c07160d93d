/** What the environment of a build says of signing and of updates, as settings of electron-builder. */
import { createPublicKey } from 'node:crypto';
import { CHANNELS, type UpdateChannel } from '../../src-main/features/updates/signed-feed.ts';
import { isPrerelease, isVersion } from '../../src-main/features/updates/versions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type PackageOptions =
  | { readonly ok: true; readonly settings: readonly string[] }
  | { readonly ok: false; readonly message: string };

const no = (message: string): PackageOptions => ({ ok: false, message });

function isPublicKey(base64: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

/** The feed is whole or there is none: an address without a key would be a feed that nobody can be believed by. */
function readUpdates(env: Environment): PackageOptions {
  const feedUrl = env['BOOKING_DESK_UPDATE_FEED'] ?? '';
  const keys = env['BOOKING_DESK_UPDATE_KEYS'] ?? '';
  const channel = env['BOOKING_DESK_UPDATE_CHANNEL'] ?? 'stable';
  if (feedUrl === '' && keys === '') return { ok: true, settings: [] };
  if (feedUrl === '' || keys === '')
    return no('BOOKING_DESK_UPDATE_FEED and BOOKING_DESK_UPDATE_KEYS belong together');
  if (!/^https:\/\/[^\s@?#,]+$/.test(feedUrl)) return no('BOOKING_DESK_UPDATE_FEED is not an https address');
  if (!CHANNELS.includes(channel as UpdateChannel))
    return no(`BOOKING_DESK_UPDATE_CHANNEL is one of ${CHANNELS.join(', ')}`);
  if (!keys.split(',').every(isPublicKey))
    return no('BOOKING_DESK_UPDATE_KEYS are public Ed25519 keys (SPKI, base64), parted by commas');
  const metadata = { feedUrl, keys, channel };
  return {
    ok: true,
    settings: Object.entries(metadata).map(([name, value]) => `extraMetadata.updates.${name}=${value}`),
  };
}

/**
 * The settings; a message when the environment says half of something. `BOOKING_DESK_SIGN=required` makes a build that
 * finds no certificate fail (electron-builder itself reads WIN_CSC_LINK and its kin, and otherwise leaves it unsigned).
 */
export function readPackageOptions(env: Environment): PackageOptions {
  const updates = readUpdates(env);
  if (!updates.ok) return updates;
  const version = env['BOOKING_DESK_VERSION'];
  if (version !== undefined && !isVersion(version))
    return no('BOOKING_DESK_VERSION is like 1.2.3 or 1.2.3-beta.4');
  const isBeta = updates.settings.includes('extraMetadata.updates.channel=beta');
  if (version !== undefined && isPrerelease(version) && updates.settings.length > 0 && !isBeta)
    return no('a beta belongs on the channel "beta"');
  const sign = env['BOOKING_DESK_SIGN'] ?? 'when-possible';
  if (sign !== 'required' && sign !== 'when-possible')
    return no('BOOKING_DESK_SIGN is "required" or "when-possible"');
  return {
    ok: true,
    settings: [
      ...updates.settings,
      ...(version === undefined ? [] : [`extraMetadata.version=${version}`]),
      ...(sign === 'required' ? ['forceCodeSigning=true'] : []),
    ],
  };
}
