/**
 * Runs first in every frame of the Chromium host, in the page's own world. It takes the raw binding out of every
 * frame and gives the bridge to the main frame of our origin only. At call time it uses nothing that a page could
 * have replaced: captured functions, own properties of null-prototype tables, plain loops (attack S09).
 */
import type { Bridge } from '../../contract/channels.ts';
import { exposeBridge, makeBridge } from '../bridge/expose-bridge.ts';
import { APP_ORIGIN, APP_URL } from './origin.ts';
import { BINDING_NAME, HANDSHAKE, MAX_MESSAGE_LENGTH, type HostMessage } from './page-protocol.ts';

interface NavigateEvent {
  readonly destination: { readonly url: string };
}

interface PageWindow {
  readonly location: { readonly origin: string; readonly protocol: string };
  readonly navigation?: { addEventListener(name: 'navigate', hear: (event: NavigateEvent) => void): void };
  readonly NavigateEvent: { readonly prototype: object };
  readonly NavigationDestination: { readonly prototype: object };
  readonly top: unknown;
  readonly self: unknown;
  [BINDING_NAME]?: (text: string) => void;
}

const page = globalThis as unknown as PageWindow;
const callHost = page[BINDING_NAME];
delete page[BINDING_NAME];

type Listeners = Record<string, ((payload: unknown) => void) | undefined>;

function connect(send: (text: string) => void): Bridge {
  const { parse, stringify } = JSON;
  const { create, keys } = Object;
  const PagePromise = Promise;
  const reportFault = queueMicrotask;
  const waiting: Record<string, ((outcome: unknown) => void) | undefined> = create(null);
  const channels: Record<string, Listeners | undefined> = create(null);
  let lastId = 0;
  const refuse = (code: string) => ({
    ok: false,
    problem: { kind: 'invalid-input', code, correlationId: '', facts: {} },
  });

  function publish(channel: string, payload: unknown): void {
    const listeners = channels[channel];
    if (!listeners) return;
    const ids = keys(listeners);
    for (let i = 0; i < ids.length; i++) {
      const listener = listeners[ids[i] ?? ''];
      try {
        listener?.(payload);
      } catch (fault) {
        // One listener's fault is the page's to report and must not keep the push from the others.
        reportFault(() => {
          throw fault;
        });
      }
    }
  }

  function receive(text: string): void {
    const message = parse(text) as HostMessage;
    if (message[0] === 0) return publish(message[1], message[2]);
    const settle = waiting[message[0]];
    delete waiting[message[0]];
    settle?.(message[2]);
  }

  const request = (channel: string, input: unknown) =>
    new PagePromise<unknown>((resolve) => {
      let text: string;
      const id = ++lastId;
      try {
        text = stringify([id, channel, input]);
      } catch {
        return resolve(refuse('not-plain-data'));
      }
      if (text.length > MAX_MESSAGE_LENGTH) return resolve(refuse('too-large'));
      waiting[id] = resolve;
      send(text);
    });

  function subscribe(channel: string, listener: (payload: unknown) => void): () => void {
    const listeners = (channels[channel] ??= create(null) as Listeners);
    const id = ++lastId;
    listeners[id] = listener;
    return () => {
      delete listeners[id];
    };
  }

  // The protocol gives the host a handle on the receiver; the page keeps no trace of it.
  // eslint-disable-next-line no-console -- it is the way, and it prints nothing that anybody sees.
  console.debug(HANDSHAKE, receive);
  const bridge = makeBridge({ request, subscribe });
  exposeBridge(globalThis, bridge);
  return bridge;
}

/**
 * Ends every navigation but one to the interface itself before it begins, also to a document that the page made (S18),
 * which has its origin and which no interception sees.
 */
function stayHere(report: Bridge['requests']['diagnostics/report-fault']): void {
  const { apply, getOwnPropertyDescriptor } = Reflect;
  const getterOf = (prototype: object, name: string) =>
    getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined);
  const destinationOf = getterOf(page.NavigateEvent.prototype, 'destination');
  const urlOf = getterOf(page.NavigationDestination.prototype, 'url');
  const { preventDefault } = Event.prototype;
  page.navigation?.addEventListener('navigate', (event) => {
    if (apply(urlOf, apply(destinationOf, event, []), []) === APP_URL) return;
    apply(preventDefault, event, []);
    void report({ kind: 'navigation-denied', place: 'page' });
  });
}

const isHome = page.location.origin === APP_ORIGIN && page.location.protocol === 'https:';
if (callHost && page.self === page.top && isHome) {
  stayHere(connect(callHost).requests['diagnostics/report-fault']);
}
