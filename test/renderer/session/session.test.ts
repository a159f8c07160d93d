// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../../../src-main/contract/channels/session.ts';
import { fail, ok, type Outcome } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests } from '../../../src-renderer/bridge/bridge.ts';
import {
  connectionAdvice,
  connectionWords,
  isCutOff,
} from '../../../src-renderer/features/session/connection-words.ts';
import { endedWords } from '../../../src-renderer/features/session/ended-words.ts';
import { environmentWords } from '../../../src-renderer/features/session/environment-words.ts';
import { abilitiesOf } from '../../../src-renderer/features/session/role-abilities.ts';
import { useSessionStore } from '../../../src-renderer/features/session/session.store.ts';
import { createFakeBridge, type FakeBridge } from '../../support/fake-bridge.ts';
import { ENVIRONMENT, makeRole, makeSession } from '../../support/fake-data.ts';

describe('words of the session', () => {
  const online = { status: 'online' as const, since: null, pausedUntil: null };

  it('say how the line to e-RS is, with a shape each', () => {
    const offline = connectionWords({
      status: 'offline',
      since: '2026-07-01T09:42:00.000Z',
      pausedUntil: null,
    });
    expect(offline.text).toBe('Offline since 10:42');
    expect(connectionWords({ ...online, pausedUntil: '2026-11-23T10:42:10.000Z' }).text).toBe(
      'e-RS pause until 10:42:10',
    );
    const shapes = [offline, connectionWords(online), connectionWords({ ...online, status: 'unknown' })].map(
      ({ shape }) => shape,
    );
    expect(new Set(shapes).size).toBe(3);
  });

  it('say what to do when the network wants a sign-in of its own', () => {
    const portal = { ...online, status: 'portal' as const };
    expect(connectionWords(portal).text).toBe('Network sign-in');
    expect(connectionAdvice(portal)).toContain('open its page in a browser');
    expect(connectionAdvice(online)).toBe('');
    const statuses = ['online', 'offline', 'portal', 'unknown'] as const;
    expect(statuses.filter((status) => isCutOff({ ...online, status }))).toEqual(['offline', 'portal']);
    expect(new Set(statuses.map((status) => connectionWords({ ...online, status }).shape)).size).toBe(4);
  });

  it('name every environment, and one that is not known', () => {
    expect(environmentWords(ENVIRONMENT)).toBe('TRAINING');
    expect(environmentWords({ ...ENVIRONMENT, id: 'live' })).toBe('LIVE');
    expect(environmentWords(null)).toBe('ENVIRONMENT NOT KNOWN');
  });

  it('say why a session ended, with the code of a reason that is not known', () => {
    expect(endedWords('session-ended').title).toBe('Your e-RS session ended without notice.');
    expect(endedWords('BRAND_NEW').title).toContain('code BRAND_NEW');
    expect(endedWords('BRAND_NEW').meaning).toContain('outbox');
  });

  it('tick what a role may do', () => {
    const ticks = abilitiesOf(makeRole({ canBook: false })).map(
      ({ name, isAllowed }) => `${name} ${isAllowed}`,
    );
    expect(ticks).toEqual([
      ...['Open true', 'Book false', 'Letter true', 'Cancel later false', 'Cancel appointment true'],
      ...['Cancel referral true', 'Shortlist true'],
    ]);
  });
});

describe('the session store', () => {
  let fake: FakeBridge;
  beforeEach(() => {
    fake = createFakeBridge();
    setBridgeForTests(fake.bridge);
    setActivePinia(createPinia());
  });
  afterEach(() => setBridgeForTests(null));

  it('reads the facts once and follows main', async () => {
    const store = useSessionStore();
    expect(store.status).toBe('signed-out');
    await store.start();
    expect([store.status, store.environment?.id, store.connection.status]).toEqual([
      'signed-in',
      'training',
      'online',
    ]);
    fake.push('session/connection-changed', { status: 'offline', since: null, pausedUntil: null });
    fake.push(
      'session/changed',
      makeSession({ status: 'signed-out', role: null, endedReason: 'session-ended' }),
    );
    expect([store.status, store.connection.status]).toEqual(['signed-out', 'offline']);
  });

  it('is locked before main has answered, and stays so when main refuses or says something older', async () => {
    let answer: (outcome: Outcome<SessionState>) => void = () => undefined;
    fake.answer('session/lock', () => new Promise((resolve) => (answer = resolve)));
    const store = useSessionStore();
    await store.start();
    const locking = store.lock();
    expect(store.status).toBe('locked');
    fake.push('session/changed', makeSession());
    answer(fail('internal', 'broken'));
    await locking;
    expect(store.status).toBe('locked');
    expect(store.problem?.code).toBe('broken');
    await store.unlock();
    expect(store.status).toBe('signed-in');
  });

  it('stays locked when unlocking is refused', async () => {
    const store = useSessionStore();
    await store.start();
    await store.lock();
    fake.answer('session/unlock', () => fail('forbidden', 'other-user'));
    await store.unlock();
    expect(store.status).toBe('locked');
  });

  it('does one thing at a time', async () => {
    let answer: (outcome: Outcome<SessionState>) => void = () => undefined;
    fake.answer('session/sign-in', () => new Promise((resolve) => (answer = resolve)));
    const store = useSessionStore();
    const first = store.signIn();
    expect(await store.signIn()).toBe(false);
    answer(ok(makeSession({ status: 'choosing-role', role: null })));
    expect(await first).toBe(true);
    expect(fake.inputsOf('session/sign-in')).toHaveLength(1);
  });
});
