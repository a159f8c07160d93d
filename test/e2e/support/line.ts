import type { Network, WireReply, WireRequest } from '../../../src-main/app/ports.ts';

/** Where a call is held for good: on its way there, or, carried out already, on its way back. */
export type HeldAt = 'before' | 'after';

/** The cable between the desk and the service. It outlives the application that uses it. */
export interface Line {
  /** Every call from now on is refused before its first byte, and what is under way gets no answer. */
  pull(): void;
  /** The next call that fits is carried out, but a captive portal answers it and every call after it. */
  hijack(fits: (request: WireRequest) => boolean): void;
  /** The cable is in again, the portal gone. */
  plugIn(): void;
  /** Holds the next call that fits and never lets it go; resolves as soon as it is held. */
  hold(fits: (request: WireRequest) => boolean, at: HeldAt): Promise<void>;
  /** Calls that left the desk, whatever became of them. */
  readonly sent: readonly WireRequest[];
  /** The network of one application over this line. */
  connect(network: Network): Network;
}

const PORTAL_PAGE: WireReply = {
  kind: 'reply',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: new TextEncoder().encode('<!DOCTYPE html><title>Welcome to the guest network</title>'),
};

interface Hold {
  readonly fits: (request: WireRequest) => boolean;
  readonly at: HeldAt;
  readonly tell: () => void;
}

const never = () => new Promise<WireReply>(() => undefined);

/** Carries the token or ticket of the session. */
export const hasCredential = ({ headers }: WireRequest): boolean =>
  Object.keys(headers).some((name) => /^(authorization|http_x_session_key)$/i.test(name));

/** A booking or a deferral (A016). */
export const isA016 = ({ kind, path }: WireRequest): boolean =>
  kind === 'write' && /\/Appointment$/.test(path);

export function createLine(): Line {
  const sent: WireRequest[] = [];
  const holds: Hold[] = [];
  let isDown = false;
  let isBehindPortal = false;
  let hijacks: ((request: WireRequest) => boolean)[] = [];

  function takeHold(request: WireRequest): Hold | undefined {
    const index = holds.findIndex(({ fits }) => fits(request));
    return index < 0 ? undefined : holds.splice(index, 1)[0];
  }

  async function send(network: Network, request: WireRequest): Promise<WireReply> {
    if (isDown) return { kind: 'not-sent', reason: 'no-connection' };
    sent.push(request);
    const hold = takeHold(request);
    if (hold?.at === 'before') {
      hold.tell();
      return never();
    }
    if (isBehindPortal) return PORTAL_PAGE;
    isBehindPortal = hijacks.some((fits) => fits(request));
    const reply = await network.send(request);
    hold?.tell();
    if (hold !== undefined) return never();
    if (isBehindPortal) return PORTAL_PAGE;
    return isDown ? { kind: 'lost', reason: 'connection-dropped' } : reply;
  }

  return {
    pull: () => void (isDown = true),
    hijack: (fits) => void hijacks.push(fits),
    plugIn() {
      isDown = isBehindPortal = false;
      hijacks = [];
    },
    hold: (fits, at) => new Promise((resolve) => holds.push({ fits, at, tell: resolve })),
    sent,
    connect: (network) => ({ send: (request) => send(network, request), close: () => network.close() }),
  };
}
