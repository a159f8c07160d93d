/** What the engine commands, carried out over the client: urgency, silences, and faults of our own. */
import { describe, expect, it } from 'vitest';
import type { CallOptions, ErsClient } from '../../../src-main/ers/client.ts';
import { createEvidence } from '../../../src-main/features/outbox/actions/evidence.ts';
import type { Entry } from '../../../src-main/features/outbox/engine.ts';
import { createIntentCalls } from '../../../src-main/features/outbox/intent-calls.ts';
import { createProviderSilence } from '../../../src-main/features/outbox/provider-silence.ts';
import type { Intent } from '../../../src-main/features/outbox/record-schemas.ts';
import { openActionBench } from '../../support/action-bench.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { makeBook, makeCancelLater, makeDefer } from '../../support/intents.ts';
import { at } from '../../support/standings.ts';
import { bookOf } from '../../support/world-intents.ts';

const entry = { intentId: 'item', owner: 'me', standing: at('PREFLIGHT') } as Entry;

/** Calls over a client that notes how it is asked. */
function begin(intent: Intent, isWatched = false) {
  const clock = createManualClock();
  const asked: (CallOptions['urgency'] | undefined)[] = [];
  const faults: string[] = [];
  const client: ErsClient = {
    dialect: 'api-platform',
    call: async (_operation, _input, options) => {
      asked.push(options?.urgency);
      return { kind: 'lost', reason: 'reset', correlationId: '' };
    },
  };
  const calls = createIntentCalls({
    client: () => client,
    clock,
    evidence: createEvidence(clock),
    silence: createProviderSilence(clock),
    store: { outcomeOf: () => null, fileOf: () => null },
    intentOf: () => intent,
    isWatched: () => isWatched,
    isSwitchedOff: (action) => action === 'cancel-later',
    mayGoOn: () => true,
    onFault: (intentId, error) => faults.push(`${intentId}: ${error instanceof Error ? error.name : error}`),
  });
  return { calls, asked, faults };
}

const told = <T>(begins: (done: (value: T) => void) => void) => new Promise<T>((resolve) => begins(resolve));

describe('a call of an intent', () => {
  it('goes before others at the gate while the clerk waits for it, and with the drain else', async () => {
    for (const isWatched of [true, false]) {
      const { calls, asked } = begin(makeBook(), isWatched);
      await told((done) => calls.check(entry, done));
      await told((done) => calls.send(entry, 'c', done));
      await told((done) => calls.readBack(entry, done));
      const own = isWatched ? 'clerk' : 'drain';
      expect(asked).toEqual([own, own, 'read-back']);
    }
  });

  it('never answers before it has been asked', async () => {
    const { calls } = begin(makeBook());
    let isAnswered = false;
    calls.check(entry, () => (isAnswered = true));
    expect(isAnswered).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(true);
  });
});

describe('an action that is switched off', () => {
  it('is not even looked at: a person decides on what is queued of it', async () => {
    const { calls, asked } = begin(makeCancelLater());
    expect(await told((done) => calls.check(entry, done))).toEqual({
      kind: 'changed',
      code: 'action-switched-off',
    });
    expect(asked).toEqual([]);
  });

  it('is still read back', async () => {
    const { calls, asked } = begin(makeCancelLater());
    await told((done) => calls.readBack(entry, done));
    expect(asked).toEqual(['read-back']);
  });
});

describe('a fault of our own', () => {
  it('in a sending is unknown, and told by its name', async () => {
    const { calls, faults } = begin(makeDefer());
    expect(await told((done) => calls.send(entry, 'c', done))).toEqual({
      kind: 'unknown',
      code: 'own-fault',
    });
    expect(faults).toEqual(['item: Error']);
  });

  it.each(['check', 'readBack'] as const)('in a %s is an answer of no use', async (name) => {
    const { calls, faults } = begin(makeBook());
    const broken = { ...entry, standing: null } as unknown as Entry;
    const answer = await told((done) => calls[name](broken, done as never));
    expect(answer).toEqual({ kind: 'not-readable', code: 'own-fault' });
    expect(faults).toEqual(['item: TypeError']);
  });
});

describe('the answer of a provider', () => {
  async function silences(effects: readonly Parameters<typeof strike>[1][]) {
    const bench = await openActionBench();
    const silence = createProviderSilence(bench.clock);
    const intent = bookOf(bench.world, bench.find('bookable'));
    const calls = createIntentCalls({
      client: () => bench.client,
      clock: bench.clock,
      evidence: bench.evidence,
      silence,
      store: { outcomeOf: () => null, fileOf: () => null },
      intentOf: () => intent,
      isWatched: () => true,
      isSwitchedOff: () => false,
      mayGoOn: () => true,
      onFault: () => {},
    });
    for (const effect of effects) {
      strike(bench, effect);
      await bench.wait(told((done) => calls.send(entry, 'correlation-1', done)));
    }
    return silence.since('11000');
  }

  const strike = (
    bench: Awaited<ReturnType<typeof openActionBench>>,
    effect: Parameters<typeof bench.service.faults.add>[0]['do'] | null,
  ) => effect && bench.service.faults.add({ on: { id: 'A016' }, do: effect });

  const SILENT = { kind: 'status', status: 504 } as const;

  it.each([
    ['a silence by its code', SILENT],
    ['a gateway that gave up without a word', { kind: 'status', status: 504, body: null } as const],
  ])('that is twice %s warns of the service', async (_what, effect) => {
    expect(await silences([effect, effect])).not.toBeNull();
  });

  it('that comes ends the warning', async () => {
    expect(await silences([SILENT, SILENT, null])).toBeNull();
  });

  it.each([
    ['a fault', { kind: 'status', status: 500 } as const],
    ['a refusal', { kind: 'status', status: 422, code: 'PATIENT_ERROR' } as const],
    ['nothing that went out', { kind: 'refuse-connection' } as const],
  ])('that is %s is no silence', async (_what, effect) => {
    expect(await silences([SILENT, effect, effect])).toBeNull();
  });
});
