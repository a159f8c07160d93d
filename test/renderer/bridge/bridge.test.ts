// @vitest-environment happy-dom
import { reactive, ref, shallowRef } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../src-main/contract/channels.ts';
import { ok } from '../../../src-main/contract/outcome.ts';
import { setBridgeForTests, useBridge } from '../../../src-renderer/bridge/bridge.ts';
import { unwrapDeep } from '../../../src-renderer/bridge/unwrap.ts';
import { createFakeBridge } from '../../support/fake-bridge.ts';

afterEach(() => {
  setBridgeForTests(null);
  vi.unstubAllGlobals();
});

describe('unwrapDeep', () => {
  it('takes proxies and refs off at every depth, so that the value can be cloned', () => {
    const input = reactive({ a: [{ b: ref('x') }], c: { d: reactive([1, null, true]) } });
    expect(() => structuredClone(input)).toThrow();
    const plain = unwrapDeep({ input, e: shallowRef({ f: input.c }) });
    expect(structuredClone(plain)).toEqual({
      input: { a: [{ b: 'x' }], c: { d: [1, null, true] } },
      e: { f: { d: [1, null, true] } },
    });
  });
});

describe('useBridge', () => {
  it('sends reactive inputs unwrapped', async () => {
    const fake = createFakeBridge();
    setBridgeForTests(fake.bridge);
    const nhsNumbers = reactive(['9990000018']);
    const outcome = await useBridge().requests['patient/read-names']({ nhsNumbers });
    expect(outcome.ok).toBe(true);
    expect(fake.inputsOf('patient/read-names')).toEqual([{ nhsNumbers: ['9990000018'] }]);
  });

  it('turns a broken line to main into a problem', async () => {
    const broken = { requests: { 'session/lock': () => Promise.reject(new Error('gone')) }, pushes: {} };
    setBridgeForTests(broken as unknown as Bridge);
    const outcome = await useBridge().requests['session/lock']({});
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'internal', code: 'bridge-broken' } });
  });

  it('takes the bridge of the preload, and says plainly when there is none', async () => {
    expect(() => useBridge()).toThrow('outside Booking Desk');
    const fake = createFakeBridge({
      'session/lock': () =>
        ok({ status: 'locked', user: null, roles: [], role: null, onBehalfOf: null, endedReason: null }),
    });
    vi.stubGlobal('bookingDesk', fake.bridge);
    expect((await useBridge().requests['session/lock']({})).ok).toBe(true);
  });
});
