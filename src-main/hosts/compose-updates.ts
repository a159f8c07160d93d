/** Where this package looks for releases: what was written into it when it was made, beneath the machine's policy. */
import { readFileSync } from 'node:fs';
import type { Network, UpdateFeed } from '../app/ports.ts';
import { fail, ok } from '../contract/outcome.ts';
import type { UpdatePolicy } from '../features/settings/settings-schemas.ts';

/** As `scripts/package.ts` writes it into the package's own package.json, which the archive's integrity covers. */
export interface PackedUpdates {
  readonly version: string;
  readonly channel: 'stable' | 'beta';
  readonly keys: readonly string[];
  readonly feedUrl: string;
}

const ADDRESS = /^https:\/\/[^\s@?#]+$/;
const TIMEOUT_MS = 15_000;
const LARGEST = 65_536;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What the package says; null in a checkout, and in a package that was made without a feed. */
export function readPackedUpdates(manifest: string): PackedUpdates | null {
  const { version, updates } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    readonly version?: unknown;
    readonly updates?: Readonly<Record<string, unknown>>;
  };
  const { channel, keys, feedUrl } = updates ?? {};
  if (!isText(version) || !isText(feedUrl) || !isText(keys)) return null;
  if (channel !== 'stable' && channel !== 'beta') return null;
  return { version, channel, feedUrl, keys: keys.split(',') };
}

/** The feed; absent without one. Its network has no certificate of the organisation's and carries no credential. */
export function composeUpdateFeed(parts: {
  readonly packed: PackedUpdates | null;
  /** `off` also where the policy cannot be understood: nobody knows what it forbids. */
  readonly policy: UpdatePolicy;
  readonly makeNetwork: () => Network;
}): UpdateFeed | undefined {
  const { packed, policy, makeNetwork } = parts;
  if (packed === null) return undefined;
  const address = policy.feedUrl ?? packed.feedUrl;
  return {
    ...{ version: packed.version, channel: packed.channel, keys: packed.keys },
    isOffByPolicy: policy.check === 'off',
    async read() {
      const url = ADDRESS.test(address) ? URL.parse(address) : null;
      if (url === null) return fail('unavailable', 'feed-not-reached');
      const network = makeNetwork();
      const reply = await network.send({
        ...{ baseUrl: url.origin, path: url.pathname, method: 'GET', query: [], headers: {}, body: null },
        ...{ kind: 'read', timeoutMs: TIMEOUT_MS, maxBytes: LARGEST },
      });
      await network.close();
      if (reply.kind !== 'reply' || reply.status !== 200) return fail('unavailable', 'feed-not-reached');
      return ok(reply.body);
    },
  };
}
