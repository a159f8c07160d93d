/** Where a package looks for releases: as it was made, beneath the policy of the machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Network, WireReply, WireRequest } from '../../src-main/app/ports.ts';
import { ok } from '../../src-main/contract/outcome.ts';
import { openDeskSettings } from '../../src-main/features/settings/desk-settings.ts';
import { createUpdates } from '../../src-main/features/updates/updates.ts';
import { composeUpdateFeed, readPackedUpdates } from '../../src-main/hosts/compose-updates.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PACKED = {
  version: '1.0.0',
  channel: 'stable' as const,
  keys: ['a', 'b'],
  feedUrl: 'https://x.nhs.uk/f.json',
};
const reply = (body: string, status = 200): WireReply => ({
  ...{ kind: 'reply', status, headers: {} },
  body: Buffer.from(body),
});

function networkThat(answers: WireReply) {
  const sent: WireRequest[] = [];
  const network: Network = {
    send: async (request) => (sent.push(request), answers),
    close: async () => undefined,
  };
  return { sent, makeNetwork: () => network };
}

function policyOf(text: string | null) {
  const file = { read: () => ok(null), write: () => ok(undefined), copyAside: () => ok('') };
  const log = { write: () => undefined };
  return openDeskSettings({ environment: 'live', policy: ok(text), file, lastGood: file, log }).updates;
}

it('reads what was written into the package, and nothing where a part is missing', () => {
  const manifest = join(folder, 'package.json');
  const write = (updates: unknown) => writeFileSync(manifest, JSON.stringify({ version: '1.0.0', updates }));
  const { version: _version, ...updates } = { ...PACKED, keys: 'a,b' };
  write(updates);
  expect(readPackedUpdates(manifest)).toEqual(PACKED);
  for (const fault of [undefined, { ...updates, keys: '' }, { ...updates, channel: 'nightly' }]) {
    write(fault);
    expect(readPackedUpdates(manifest)).toBeNull();
  }
});

it('asks the address of the package, or the one that the policy names, with no credential', async () => {
  const { sent, makeNetwork } = networkThat(reply('{}'));
  const ask = (text: string | null) =>
    composeUpdateFeed({ packed: PACKED, policy: policyOf(text), makeNetwork })?.read();
  await ask(null);
  await ask(
    JSON.stringify({ version: 1, updates: { feedUrl: 'https://files.trust.example/desk/feed.json' } }),
  );
  expect(sent.map(({ baseUrl, path }) => baseUrl + path)).toEqual([
    'https://x.nhs.uk/f.json',
    'https://files.trust.example/desk/feed.json',
  ]);
  expect(sent.every(({ headers, body }) => Object.keys(headers).length === 0 && body === null)).toBe(true);
});

it.each([
  ['switched off', JSON.stringify({ version: 1, updates: { check: 'off' } })],
  [
    'of an address that is not secure',
    JSON.stringify({ version: 1, updates: { feedUrl: 'http://x/f.json' } }),
  ],
  ['torn', '{'],
])('asks nobody under a policy that is %s', async (_name, text) => {
  const { sent, makeNetwork } = networkThat(reply('{}'));
  const feed = composeUpdateFeed({ packed: PACKED, policy: policyOf(text), makeNetwork });
  const found = feed && (await createUpdates(feed).look());
  expect(found).toMatchObject({ ok: false, problem: { kind: 'forbidden', code: 'updates-off' } });
  expect(sent).toEqual([]);
});

it('believes nothing that is not signed, and says when nothing was reached', async () => {
  const look = async (answer: WireReply) => {
    const { makeNetwork } = networkThat(answer);
    const feed = composeUpdateFeed({ packed: PACKED, policy: {}, makeNetwork });
    const found = feed && (await createUpdates(feed).look());
    return found?.ok === false ? found.problem.code : 'believed';
  };
  expect(await look(reply('{"payload":"e30=","signature":"e30="}'))).toBe('feed-not-signed');
  expect(await look(reply('', 404))).toBe('feed-not-reached');
  expect(await look({ kind: 'lost', reason: 'ECONNRESET' })).toBe('feed-not-reached');
});

it('has no feed in a checkout', () => {
  expect(
    composeUpdateFeed({ packed: null, policy: {}, makeNetwork: networkThat(reply('')).makeNetwork }),
  ).toBeUndefined();
});
