/**
 * Makes the object that a page gets: one function a channel, frozen, nothing generic (safety.md, checklist 20).
 * It runs before any script of the page and uses at call time only what it captured here, so that a page that
 * later replaces built-ins reaches no primitive (attack S09).
 */
import { pushChannels, requestChannels } from '../../../build/generated/channel-names.ts';
import type { Bridge } from '../../contract/channels.ts';

/** The name of the bridge on `window`. */
export const BRIDGE_NAME = 'bookingDesk';

/** How a host carries one request and one subscription; neither ever leaves the preload. */
export interface BridgePrimitives {
  /** Answers an Outcome; never rejects. */
  request(channel: string, input: unknown): Promise<unknown>;
  /** Gives the unsubscribe function. */
  subscribe(channel: string, listener: (payload: unknown) => void): () => void;
}

const { create, defineProperty, freeze } = Object;

function fillTable<F extends object>(channels: readonly string[], make: (channel: string) => F): object {
  const table: Record<string, F> = create(null);
  for (let i = 0; i < channels.length; i++) {
    const channel = channels[i];
    if (channel !== undefined) table[channel] = freeze(make(channel));
  }
  return freeze(table);
}

/** The frozen bridge over a host's two primitives. */
export function makeBridge({ request, subscribe }: BridgePrimitives): Bridge {
  const requests = fillTable(requestChannels, (channel) => (input: unknown) => request(channel, input));
  const pushes = fillTable(pushChannels, (channel) => (listener: unknown) => {
    if (typeof listener !== 'function') throw new TypeError('A push needs a listener function');
    return subscribe(channel, listener as (payload: unknown) => void);
  });
  return freeze({ requests, pushes }) as unknown as Bridge;
}

/** Puts the bridge on a window for good: it can be neither replaced nor removed. */
export function exposeBridge(target: object, bridge: Bridge): void {
  defineProperty(target, BRIDGE_NAME, {
    value: bridge,
    enumerable: true,
    writable: false,
    configurable: false,
  });
}
