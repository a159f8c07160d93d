/** Attack S07: whatever a page can send, on every channel, at the door of the Electron host over the whole application. */
import { EventEmitter } from 'node:events';
import { requestChannels } from '../../../build/generated/channel-names.ts';
import { inputs } from '../../../build/generated/channel-validators.js';
import { PROBLEM_KINDS } from '../../../src-main/contract/outcome.ts';
import { wireChannels } from '../../../src-main/hosts/electron/wire-channels.ts';
import { openDesk, type TestDesk } from '../../support/desk.ts';
import { mutate } from './mutate-json.ts';
import { CRAFTED, HEAVY, oddValue } from './odd-values.ts';
import { watchPrototypes } from './prototypes.ts';
import { createSeeded, type Seeded } from './seeded.ts';
import { makeInput } from './valid-input.ts';

export interface IpcReport {
  readonly channels: number;
  readonly payloads: number;
  /** Payloads that the structured clone itself does not carry: they never arrive. */
  readonly notCarried: number;
  /** Payloads that a schema took, so that a handler ran. */
  readonly handled: number;
  readonly slowestMs: number;
  readonly over50Ms: number;
  readonly faults: readonly string[];
}

type Handler = (event: unknown, ...args: unknown[]) => Promise<unknown>;

interface Bench {
  readonly desk: TestDesk;
  call(channel: string, payload: unknown): Promise<unknown>;
}

/** One in so many goes through the schema to its handler, which costs a hundred times as much. */
const VALID_PART = 1 / 200;
const MOST_FAULTS = 20;
const TURNS = 4_000;

async function openBench(): Promise<Bench> {
  const desk = await openDesk({ seed: 7 });
  const handlers = new Map<string, Handler>();
  const contents = Object.assign(new EventEmitter(), {
    id: 1,
    mainFrame: { url: 'app://ui/', parent: null },
  });
  wireChannels(
    {
      handle: (channel, handler) => void handlers.set(channel, handler as Handler),
      removeHandler: () => undefined,
    },
    desk.app,
    { ids: new Set([1]), all: () => [] },
  );
  await desk.signIn();
  return {
    desk,
    async call(channel, payload) {
      const answer = handlers.get(channel)?.({ sender: contents, senderFrame: contents.mainFrame }, payload);
      let isDone = false;
      answer?.then(
        () => (isDone = true),
        () => (isDone = true),
      );
      for (let turn = 0; turn < 40 && !isDone; turn += 1) await null;
      for (let turn = 0; turn < TURNS && !isDone; turn += 1) await desk.clock.advance(50);
      return isDone ? answer : Promise.reject(new Error('no answer'));
    },
  };
}

/** What is wrong with an answer, or null. A handler that threw shows as `handler-failed`: nothing was typed then. */
function faultOf(answer: unknown): string | null {
  const outcome = answer as { ok?: unknown; problem?: { kind?: unknown; code?: unknown } } | null;
  if (outcome?.ok === true) return null;
  const { kind, code } = outcome?.problem ?? {};
  if (outcome?.ok !== false || typeof code !== 'string' || code === '') return 'no typed answer';
  if (!(PROBLEM_KINDS as readonly unknown[]).includes(kind)) return `unknown kind ${String(kind)}`;
  return code === 'handler-failed' || code === 'answer-not-of-the-schema' ? code : null;
}

function makePayload(channel: string, at: number, seeded: Seeded): unknown {
  if (at < HEAVY.length) return HEAVY[at]?.();
  if (at < HEAVY.length + CRAFTED.length) return CRAFTED[at - HEAVY.length]?.();
  if (seeded.isHit(VALID_PART)) return makeInput(channel, seeded);
  return seeded.isHit(0.5) ? oddValue(seeded) : mutate(makeInput(channel, seeded), seeded);
}

class Tally {
  payloads = 0;
  notCarried = 0;
  handled = 0;
  slowestMs = 0;
  over50Ms = 0;
  readonly faults: string[] = [];
}

/** As Electron carries a payload to main; null when it throws in the page instead. */
function carry(make: () => unknown): { readonly value: unknown } | null {
  try {
    return { value: structuredClone(make()) };
  } catch {
    return null;
  }
}

async function fuzzChannel(bench: Bench, channel: string, wish: IpcWish, tally: Tally): Promise<void> {
  const seeded = createSeeded(wish.seed);
  const findChanges = watchPrototypes();
  const isTaken = (inputs as Record<string, (value: unknown) => boolean>)[channel];
  for (
    let at = wish.hasHeavy ? 0 : HEAVY.length;
    at < wish.payloads + (wish.hasHeavy ? 0 : HEAVY.length);
    at += 1
  ) {
    tally.payloads += 1;
    const carried = carry(() => makePayload(channel, at, seeded));
    if (carried === null) {
      tally.notCarried += 1;
      continue;
    }
    const isHandled = isTaken?.(carried.value) === true;
    if (isHandled) tally.handled += 1;
    const startedMs = performance.now();
    const fault = await bench.call(channel, carried.value).then(faultOf, (error: unknown) => String(error));
    const tookMs = performance.now() - startedMs;
    if (!isHandled) tally.slowestMs = Math.max(tally.slowestMs, tookMs);
    if (!isHandled && tookMs > 50) tally.over50Ms += 1;
    const changes = findChanges();
    const said = [...(fault === null ? [] : [fault]), ...changes.map((name) => `changed ${name}`)];
    if (said.length > 0 && tally.faults.length < MOST_FAULTS)
      tally.faults.push(`${channel} seed ${wish.seed} payload ${at}: ${said.join(', ')}`);
    if (at % 500 === 0) await settle(bench);
  }
}

/** What piles up in the test's own desk is thrown away; a desk that was left by a valid payload is taken again. */
async function settle({ desk }: Bench): Promise<void> {
  desk.logLines.length = 0;
  (desk.pushes as unknown[]).length = 0;
  const state = await desk.ask('session/read-state', {});
  if (state.ok && state.value.status === 'signed-in' && state.value.role !== null) return;
  await desk.ask('session/unlock', {});
  await desk.signIn().catch(() => undefined);
}

export interface IpcWish {
  readonly payloads: number;
  readonly seed: number;
  /** Whether the payloads of 100 MB come too. */
  readonly hasHeavy: boolean;
  /** One desk for all channels: quicker, and what one channel did is there for the next. */
  readonly isOneDesk?: boolean;
  readonly channels?: readonly string[];
  readonly onChannel?: (channel: string) => void;
}

/** Sends so many payloads on each channel to a desk that is signed in. */
export async function fuzzIpc(wish: IpcWish): Promise<IpcReport> {
  const tally = new Tally();
  const channels = wish.channels ?? requestChannels;
  let bench = await openBench();
  for (const channel of channels) {
    wish.onChannel?.(channel);
    await fuzzChannel(bench, channel, wish, tally);
    if (wish.isOneDesk) continue;
    await bench.desk.app.stop();
    bench = await openBench();
  }
  await bench.desk.app.stop();
  const { payloads, notCarried, handled, slowestMs, over50Ms, faults } = tally;
  return { channels: channels.length, payloads, notCarried, handled, slowestMs, over50Ms, faults };
}
