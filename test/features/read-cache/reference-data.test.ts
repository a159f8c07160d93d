import { expect, it } from 'vitest';
import type { ErsClient } from '../../../src-main/ers/client.ts';
import { createReferenceData } from '../../../src-main/features/read-cache/reference-data.ts';
import type { ReadCache } from '../../../src-main/features/read-cache/read-cache.ts';
import type { Desk } from '../../../src-main/features/session/session.ts';
import { createManualClock } from '../../support/manual-clock.ts';

const SET = { id: 'PRIORITY', url: '/priority', concepts: [] };
const LOST = { kind: 'lost', reason: 'timeout', correlationId: '' };

function open() {
  const said = { outcome: { kind: 'success', value: SET } as unknown, calls: 0, isOffline: false };
  const kept = new Map<string, { value: unknown; readAt: string }>();
  const cache = {
    recall: (_desk: Desk, _kind: string, name: string) => kept.get(name) ?? null,
    remember: (_desk: Desk, _kind: string, name: string, value: unknown, readAt: string) =>
      void kept.set(name, { value, readAt }),
  } as unknown as ReadCache;
  const data = createReferenceData({
    client: () => ({ call: async () => ((said.calls += 1), said.outcome) }) as unknown as ErsClient,
    clock: createManualClock(),
    desk: () => ({ sitting: 1 }) as Desk,
    cache,
    isOffline: () => said.isOffline,
  });
  return { said, data };
}

it('asks for a set once a sign-in', async () => {
  const { said, data } = open();
  expect(await data.read('PRIORITY')).toMatchObject({ ok: true, value: { set: SET, isRemembered: false } });
  await data.read('PRIORITY');
  expect(said.calls).toBe(1);
  data.forget();
  await data.read('PRIORITY');
  expect(said.calls).toBe(2);
});

it('gives what was read before where e-RS is not reached, and asks again when it is', async () => {
  const { said, data } = open();
  const fresh = await data.read('PRIORITY');
  data.forget();
  said.outcome = LOST;
  const readAt = fresh.ok ? fresh.value.readAt : '';
  expect(await data.read('PRIORITY')).toEqual({ ok: true, value: { set: SET, readAt, isRemembered: true } });
  said.isOffline = true;
  said.calls = 0;
  expect(await data.read('PRIORITY')).toMatchObject({ ok: true, value: { isRemembered: true } });
  expect(said.calls).toBe(0);
  expect(await data.read('SPECIALTY')).toMatchObject({ ok: false, problem: { kind: 'offline' } });
});

it('shows an error of e-RS as it is', async () => {
  const { said, data } = open();
  await data.read('PRIORITY');
  data.forget();
  said.outcome = { kind: 'refused', code: '', codes: [], retryAfterMs: null, facts: { status: 503 } };
  expect(await data.read('PRIORITY')).toMatchObject({ ok: false, problem: { kind: 'unavailable' } });
});
