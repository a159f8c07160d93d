import type { Network, WireReply, WireRequest } from '../../src-main/app/ports.ts';

export interface HeldNetwork extends Network {
  /** Keeps back the reply to the next call that fits, which the service has handled; `release` lets it through. */
  hold(fits: (request: WireRequest) => boolean): { release(instead?: WireReply): void };
  /** While true every call is lost on its way, as without a connection. */
  isDown: boolean;
}

/** A network whose replies a test can keep back, to have the desk change hands meanwhile. */
export function createHeldNetwork(network: Network): HeldNetwork {
  const holds: { fits: (request: WireRequest) => boolean; until: Promise<WireReply | undefined> }[] = [];
  const held: HeldNetwork = {
    isDown: false,
    async send(request) {
      if (held.isDown) return { kind: 'not-sent', reason: 'no-connection' };
      const index = holds.findIndex(({ fits }) => fits(request));
      const [hold] = index < 0 ? [] : holds.splice(index, 1);
      const reply = await network.send(request);
      return hold === undefined ? reply : ((await hold.until) ?? reply);
    },
    close: () => network.close(),
    hold(fits) {
      let release: (instead?: WireReply) => void = () => undefined;
      const until = new Promise<WireReply | undefined>((resolve) => (release = resolve));
      holds.push({ fits, until });
      return { release };
    },
  };
  return held;
}

export const isCallOf = (ending: string, method?: string) => (request: WireRequest) =>
  request.path.endsWith(ending) && (method === undefined || request.method === method);
