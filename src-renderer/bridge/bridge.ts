import type { Bridge, PushChannel, RequestChannel } from '../../src-main/contract/channels.ts';
import { fail, type Outcome } from '../../src-main/contract/outcome.ts';
import { unwrapDeep } from './unwrap.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent when the page runs outside the desk's hosts. */
    readonly bookingDesk?: Bridge;
  }
}

type AnyRequest = (input: unknown) => Promise<Outcome<unknown>>;

let current: Bridge | null = null;

/**
 * The way to main: one function per request channel, one subscription per push channel. Inputs may be reactive.
 * A request never rejects: a broken line to main is the problem `internal`, code `bridge-broken`.
 */
export function useBridge(): Bridge {
  current ??= wrapBridge(requireBridge());
  return current;
}

/** Puts another bridge in the place of the preload's; null goes back to the preload's. */
export function setBridgeForTests(bridge: Bridge | null): void {
  current = bridge === null ? null : wrapBridge(bridge);
}

function requireBridge(): Bridge {
  if (!window.bookingDesk) throw new Error('The page was opened outside Booking Desk: no bridge to main');
  return window.bookingDesk;
}

function wrapBridge(bridge: Bridge): Bridge {
  const requests: Record<string, AnyRequest> = {};
  for (const channel of Object.keys(bridge.requests) as RequestChannel[]) {
    requests[channel] = wrapRequest(bridge.requests[channel] as AnyRequest);
  }
  const pushes: Partial<Record<PushChannel, unknown>> = { ...bridge.pushes };
  return Object.freeze({
    requests: Object.freeze(requests),
    pushes: Object.freeze(pushes),
  }) as unknown as Bridge;
}

function wrapRequest(request: AnyRequest): AnyRequest {
  return async (input) => {
    try {
      return await request(unwrapDeep(input));
    } catch {
      return fail('internal', 'bridge-broken');
    }
  };
}
