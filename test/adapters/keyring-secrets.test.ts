import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyringSecrets, type KeyringModule } from '../../src-main/adapters/keyring/keyring-secrets.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { isMissing } from '../support/missing-parts.ts';
import { makePrivateHome, type PrivateHome } from './keyring/private-session.ts';
import type { ProbeStep } from './keyring/probe.ts';

const noKeyring = {
  ok: false,
  problem: { kind: 'writes-off', code: 'no-keyring', correlationId: '', facts: {} },
};
const done = { ok: true, value: null };
const service = 'booking-desk.training';

describe.skipIf(isMissing('gnome-keyring') || isMissing('dbus'))('the real keyring', () => {
  let home: PrivateHome;
  beforeEach(() => {
    home = makePrivateHome({ patienceMs: 3000 });
  });
  afterEach(() => home.remove());

  const bytes = [...randomBytes(32), 0, 255, 10, 128];
  // Another each time: what an earlier fault left in the kernel must not count.
  const name = `record-key-${randomBytes(8).toString('hex')}`;
  const write: ProbeStep = { call: 'write', name, bytes };
  const read: ProbeStep = { call: 'read', name };
  const remove: ProbeStep = { call: 'remove', name };

  it('keeps every byte into the next session, and forgets what is removed', async () => {
    expect(await home.run('unlocked', [read, write, read])).toEqual([done, done, { ok: true, value: bytes }]);
    const next = await home.run('unlocked', [read, remove, read, remove]);
    expect(next).toEqual([{ ok: true, value: bytes }, done, done, done]);
  });

  it('takes the largest secret of Windows, and replaces one by another', async () => {
    const large = [...randomBytes(2560)];
    const steps: ProbeStep[] = [write, { ...write, bytes: large }, read];
    expect(await home.run('unlocked', steps)).toEqual([done, done, { ok: true, value: large }]);
  });

  it('keeps environments apart', async () => {
    const live = { service: 'booking-desk.live' };
    const steps: ProbeStep[] = [write, { ...read, ...live }, { ...remove, ...live }, read];
    expect(await home.run('unlocked', steps)).toEqual([done, done, done, { ok: true, value: bytes }]);
  });

  it('is no keyring while locked, and what it holds stays as it is', async () => {
    await home.run('unlocked', [write]);
    const before = home.files();
    expect(Object.keys(before)).not.toEqual([]);
    const absent: ProbeStep = { call: 'read', name: 'never-kept' };
    const steps: ProbeStep[] = [absent, read, { ...write, bytes: [1] }, remove];
    expect(await home.run('locked', steps)).toEqual([done, noKeyring, noKeyring, noKeyring]);
    expect(home.files()).toEqual(before);
    expect(await home.run('unlocked', [read])).toEqual([{ ok: true, value: bytes }]);
  });

  it('does not wait for a prompt that nobody answers', async () => {
    await home.run('unlocked', [write]);
    expect(await home.run('prompting', [read, write])).toEqual([noKeyring, noKeyring]);
  });

  it('holds the keys of a vault over restarts and rotations, and closes it while locked', async () => {
    expect(await home.live('unlocked')).toEqual({ read: [], rotated: true });
    expect(await home.live('unlocked')).toEqual({ read: [1], rotated: true });
    expect(await home.live('locked')).toEqual(noKeyring.problem);
    expect(await home.live('unlocked')).toEqual({ read: [1, 2], rotated: true });
    const elsewhere = makePrivateHome({ patienceMs: 3000 });
    expect(await elsewhere.live('no-bus')).toEqual(noKeyring.problem);
    elsewhere.remove();
  });

  it.each(['no-bus', 'bus-alone'] as const)('writes nowhere else: %s', async (provider) => {
    expect(await home.run(provider, [write, read])).toEqual([noKeyring, noKeyring]);
    expect(home.files()).toEqual({});
    // The kernel's keyring, which the library would take by itself, lists each key with its name.
    expect(readFileSync('/proc/keys', 'utf8')).not.toContain(name);
    expect(await home.run(provider, [remove])).toEqual([noKeyring]);
  });
});

type FakeEntry = InstanceType<KeyringModule['AsyncEntry']>;

/** The library with chosen answers. */
function fakeModule(entry: Partial<FakeEntry>): () => KeyringModule {
  const never = () => Promise.reject(new Error('not expected'));
  const whole = { getSecret: never, setSecret: never, deleteCredential: never, ...entry };
  return () => ({
    AsyncEntry: function () {
      return whole;
    } as unknown as KeyringModule['AsyncEntry'],
  });
}

describe('the keyring adapter', () => {
  const clock = createManualClock();
  const make = (load: () => KeyringModule) => createKeyringSecrets({ service, clock, load });

  it('is no keyring without the binary', async () => {
    const secrets = make(() => {
      throw new Error('Cannot find native binding');
    });
    expect(await secrets.read('a')).toEqual(noKeyring);
    expect(await secrets.write('a', new Uint8Array(1))).toEqual(noKeyring);
    expect(await secrets.remove('a')).toEqual(noKeyring);
  });

  it('pins the store', async () => {
    const made: unknown[] = [];
    class Entry {
      constructor(...args: unknown[]) {
        made.push(args);
      }
      getSecret = async () => null;
      setSecret = async () => undefined;
      deleteCredential = async () => false;
    }
    await make(() => ({ AsyncEntry: Entry })).read('record-key-ring');
    expect(made).toEqual([[service, 'record-key-ring', { linux: { store: 'secret-service' } }]]);
  });

  it('refuses what Windows could not keep, before anything is written', async () => {
    const secrets = make(fakeModule({}));
    expect(await secrets.write('a', new Uint8Array(2561))).toMatchObject({
      problem: { kind: 'writes-off', code: 'secret-too-long', facts: { bytes: 2561, most: 2560 } },
    });
  });

  it('trusts no write that does not read back the same', async () => {
    const secrets = make(fakeModule({ setSecret: async () => undefined, getSecret: async () => [1, 2, 4] }));
    expect(await secrets.write('a', Uint8Array.of(1, 2, 3))).toMatchObject({
      problem: { code: 'key-not-kept' },
    });
  });

  it('gives up a call that hangs, starts no other behind it, and works again when it has ended', async () => {
    const time = createManualClock();
    let calls = 0;
    let answer: (value: readonly number[] | null) => void = () => undefined;
    const getSecret = () => {
      calls += 1;
      return new Promise<readonly number[] | null>((resolve) => (answer = resolve));
    };
    const secrets = createKeyringSecrets({ service, clock: time, load: fakeModule({ getSecret }) });
    const first = secrets.read('a');
    await time.advance(20_000);
    expect(await first).toEqual(noKeyring);
    expect(await secrets.read('a')).toEqual(noKeyring);
    expect(calls).toBe(1);
    answer([7]);
    await time.advance(1);
    const second = secrets.read('a');
    answer([7]);
    expect(await second).toEqual({ ok: true, value: Uint8Array.of(7) });
  });
});
