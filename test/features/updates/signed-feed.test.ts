/** The feed of releases: whatever is unsigned, of another channel, older or changed is refused (attack S40). */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkInstaller,
  readFeed,
  SIGNED_AS,
  type Installed,
  type Release,
} from '../../../src-main/features/updates/signed-feed.ts';
import { compareVersions } from '../../../src-main/features/updates/versions.ts';

const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const publicOf = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');
const INSTALLED: Installed = { version: '1.2.3', channel: 'stable', keys: [publicOf(ours.publicKey)] };
const FILE = { name: 'booking-desk-1.3.0-win-x64.exe', size: 90_000_000, sha512: 'ab'.repeat(64) };
const RELEASE: Release = {
  ...{ format: 1, product: 'booking-desk', channel: 'stable', version: '1.3.0' },
  ...{ releasedOn: '2026-11-20', files: [FILE] },
};

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
function envelope(release: unknown, key = ours.privateKey, prefix = SIGNED_AS): Record<string, string> {
  const payload = bytesOf(release);
  const signature = sign(null, Buffer.concat([Buffer.from(prefix), payload]), key);
  return { payload: payload.toString('base64'), signature: signature.toString('base64') };
}
const read = (value: unknown, installed = INSTALLED) => readFeed(bytesOf(value), installed);
const refused = (code: string) => ({ ok: false, problem: { kind: 'rejected', code } });

describe('a feed', () => {
  it('announces a newer version that our key signed, also while keys are being replaced', () => {
    expect(read(envelope(RELEASE))).toEqual({ ok: true, value: RELEASE });
    const both = { ...INSTALLED, keys: [publicOf(theirs.publicKey), ...INSTALLED.keys] };
    expect(read(envelope(RELEASE), both)).toEqual({ ok: true, value: RELEASE });
  });

  it('has nothing new when it names the installed version', () => {
    expect(read(envelope({ ...RELEASE, version: '1.2.3' }))).toEqual({ ok: true, value: null });
  });

  it.each([
    ['unsigned', { payload: envelope(RELEASE)['payload'] }],
    ['signed with nothing', { ...envelope(RELEASE), signature: '' }],
    ['signed with another key', envelope(RELEASE, theirs.privateKey)],
    ['a signature of something else of ours', envelope(RELEASE, ours.privateKey, '')],
    [
      'changed after signing',
      { ...envelope(RELEASE), payload: envelope({ ...RELEASE, version: '9.0.0' })['payload'] },
    ],
  ])('is refused when %s', (_name, value) => {
    expect(read(value)).toMatchObject(refused('feed-not-signed'));
  });

  it.each([['1.2.2'], ['1.2.3-beta.9'], ['0.99.99']])(
    'is refused when it would take the desk back to %s',
    (version) => {
      const isBeta = version.includes('-');
      const installed = isBeta ? { ...INSTALLED, channel: 'beta' as const } : INSTALLED;
      const release = { ...RELEASE, version, channel: installed.channel };
      expect(read(envelope(release), installed)).toMatchObject(refused('feed-older-version'));
    },
  );

  it('is refused on another channel, and a stable desk is offered no beta', () => {
    expect(read(envelope({ ...RELEASE, channel: 'beta' }))).toMatchObject(refused('feed-other-channel'));
    expect(read(envelope({ ...RELEASE, version: '1.3.0-beta.1' }))).toMatchObject(
      refused('feed-other-channel'),
    );
  });

  it('is refused when it is no feed, though signed', () => {
    const notReadable = refused('feed-not-readable');
    expect(readFeed(Buffer.from('<html>Sign in</html>'), INSTALLED)).toMatchObject(notReadable);
    expect(read([])).toMatchObject(notReadable);
    const faults = [
      { product: 'another' },
      { version: '2' },
      { format: 2 },
      { files: [] },
      { files: [{ ...FILE, name: '../evil.exe' }] },
      { files: [{ ...FILE, sha512: 'short' }] },
    ];
    for (const fault of faults) expect(read(envelope({ ...RELEASE, ...fault }))).toMatchObject(notReadable);
    expect(readFeed(Buffer.alloc(70_000), INSTALLED)).toMatchObject(refused('feed-too-large'));
  });

  it('is refused by a package without a key, with a broken one, or with one of another kind', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const payload = bytesOf(RELEASE);
    const signature = sign('sha256', Buffer.concat([Buffer.from(SIGNED_AS), payload]), rsa.privateKey);
    const byRsa = { payload: payload.toString('base64'), signature: signature.toString('base64') };
    for (const keys of [[], ['bm8ga2V5'], [publicOf(rsa.publicKey)]])
      expect(read(byRsa, { ...INSTALLED, keys })).toMatchObject(refused('feed-not-signed'));
  });
});

describe('an installer', () => {
  it('is the signed one, or it is refused', () => {
    expect(checkInstaller(RELEASE, FILE).ok).toBe(true);
    expect(checkInstaller(RELEASE, { ...FILE, sha512: 'ac'.repeat(64) })).toMatchObject(
      refused('file-differs'),
    );
    expect(checkInstaller(RELEASE, { ...FILE, size: 1 })).toMatchObject(refused('file-differs'));
    expect(checkInstaller(RELEASE, { ...FILE, name: 'other.exe' })).toMatchObject(
      refused('file-not-of-release'),
    );
  });
});

it('orders versions by number, with betas below their release', () => {
  const ordered = ['0.9.0', '1.0.0-beta.2', '1.0.0-beta.10', '1.0.0', '1.0.2', '1.0.10', '1.10.0', '2.0.0'];
  const shuffled = [...ordered].reverse().sort(compareVersions);
  expect(shuffled).toEqual(ordered);
});
