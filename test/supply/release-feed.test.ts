/** What signs a release and what checks one, over files on disk; and what the environment of a build may say. */
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPackageOptions } from '../../scripts/package/package-options.ts';
import { checkFeed, signFeed } from '../../scripts/release-feed.ts';

const [pair, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const key = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const publicOf = ({ publicKey }: typeof pair) =>
  publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const WIN = 'booking-desk-1.3.0-win-x64.exe';

let folder: string;
const place = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booking-desk-test-'));
  writeFileSync(place(WIN), 'installer');
  writeFileSync(place('SHA256SUMS'), 'not an installer');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const RELEASE = { version: '1.3.0', channel: 'stable', date: '2026-11-23' };

describe('a signed release', () => {
  it('is believed with its installers, and not when a byte of one differs', async () => {
    const feed = await signFeed({ ...RELEASE, folder, key });
    expect(feed).toBe(place('stable.json'));
    expect(await checkFeed(feed, publicOf(pair), [place(WIN)])).toEqual([]);
    expect(await checkFeed(feed, publicOf(other), [])).toEqual([`${feed}: feed-not-signed`]);
    expect(await checkFeed(feed, publicOf(pair), [place('SHA256SUMS')])).toEqual([
      `${place('SHA256SUMS')}: file-not-of-release`,
    ]);
    appendFileSync(place(WIN), '!');
    expect(await checkFeed(feed, publicOf(pair), [place(WIN)])).toEqual([`${place(WIN)}: file-differs`]);
  });

  it.each([
    [{ version: '1.3' }, 'not one that a desk reads'],
    [{ channel: 'nightly' }, 'not one that a desk reads'],
    [{ date: 'today' }, 'not one that a desk reads'],
    [{ version: '1.3.0-beta.1' }, 'belongs on the channel "beta"'],
  ])('is not made of %j', async (change, words) => {
    await expect(signFeed({ ...RELEASE, ...change, folder, key })).rejects.toThrow(words);
  });

  it('is not made of nothing', async () => {
    rmSync(place(WIN));
    await expect(signFeed({ ...RELEASE, folder, key })).rejects.toThrow('there is no installer');
  });
});

describe('the environment of a build', () => {
  const FEED = {
    BOOKING_DESK_UPDATE_FEED: 'https://x.nhs.uk/stable.json',
    BOOKING_DESK_UPDATE_KEYS: publicOf(pair),
  };
  it('says where releases are announced, which version it is, and that it must be signed', () => {
    expect(readPackageOptions({})).toEqual({ ok: true, settings: [] });
    const all = { ...FEED, BOOKING_DESK_VERSION: '1.3.0', BOOKING_DESK_SIGN: 'required' };
    expect(readPackageOptions(all)).toEqual({
      ok: true,
      settings: [
        'extraMetadata.updates.feedUrl=https://x.nhs.uk/stable.json',
        `extraMetadata.updates.keys=${publicOf(pair)}`,
        'extraMetadata.updates.channel=stable',
        'extraMetadata.version=1.3.0',
        'forceCodeSigning=true',
      ],
    });
  });
  it.each([
    [{ BOOKING_DESK_UPDATE_FEED: FEED.BOOKING_DESK_UPDATE_FEED }, 'belong together'],
    [{ ...FEED, BOOKING_DESK_UPDATE_FEED: 'http://x.nhs.uk/stable.json' }, 'not an https address'],
    [{ ...FEED, BOOKING_DESK_UPDATE_KEYS: 'abc' }, 'public Ed25519 keys'],
    [{ ...FEED, BOOKING_DESK_UPDATE_KEYS: key }, 'public Ed25519 keys'],
    [{ ...FEED, BOOKING_DESK_UPDATE_CHANNEL: 'nightly' }, 'one of stable, beta'],
    [{ ...FEED, BOOKING_DESK_VERSION: '1.3.0-beta.1' }, 'a beta belongs'],
    [{ BOOKING_DESK_VERSION: 'v1' }, 'like 1.2.3'],
    [{ BOOKING_DESK_SIGN: 'yes' }, 'required'],
  ])('is refused when it says half of it: %j', (env, words) => {
    expect(readPackageOptions(env)).toMatchObject({
      ok: false,
      message: expect.stringContaining(words) as string,
    });
  });
});
