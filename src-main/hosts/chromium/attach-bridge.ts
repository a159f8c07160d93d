/**
 * Joins a page to the application over any DevTools protocol session. Who calls is judged by the execution context
 * that the browser itself names, never by what the message says (safety.md, checklist 17, attacks S05 and S06).
 */
import type { App } from '../../app/create-app.ts';
import type { Log } from '../../app/ports.ts';
import { APP_ORIGIN } from './origin.ts';
import {
  BINDING_NAME,
  HANDSHAKE,
  MAX_MESSAGE_LENGTH,
  type HostMessage,
  type PageRequest,
} from './page-protocol.ts';
import { readPageRequest } from './read-page-request.ts';
import { trackContexts } from './track-contexts.ts';
import type { CdpSession } from './pipe-connection.ts';

export interface AttachOptions {
  readonly app: Pick<App, 'handle' | 'onPush'>;
  /** The built text of `page-script.ts`. */
  readonly pageScript: string;
  readonly log: Log;
  /** Called each time a page of ours is ready to talk. */
  readonly onReady?: () => void;
}

/** The page that talks at the moment: its context and the handle on its receiver. */
interface Receiver {
  readonly contextId: number;
  readonly objectId: string;
}

interface ConsoleCall {
  readonly type: string;
  readonly executionContextId: number;
  readonly args: readonly { readonly value?: unknown; readonly objectId?: string }[];
}

/** Installs the bridge for every document that the session's page loads from now on; answers how to detach. */
export async function attachBridge(session: CdpSession, options: AttachOptions): Promise<() => void> {
  const { app, log } = options;
  const contexts = await trackContexts(session, APP_ORIGIN);
  let receiver: Receiver | null = null;

  function deliver(to: Receiver, message: HostMessage): void {
    const call = {
      objectId: to.objectId,
      functionDeclaration: 'function (text) { this(text); }',
      arguments: [{ value: JSON.stringify(message) }],
      silent: true,
      returnByValue: true,
    };
    // A page that was closed or loaded anew has no use for the answer.
    session.send('Runtime.callFunctionOn', call).catch(() => log.write('info', 'page-gone'));
  }

  async function answer(contextId: number, request: PageRequest): Promise<void> {
    const place = contexts.placeOf(contextId);
    const isTrusted = place === 'main-frame' && receiver?.contextId === contextId;
    const from = receiver;
    const [id, channel, input] = request;
    const outcome = await app.handle(channel, input, { isTrusted, place });
    if (isTrusted && from) deliver(from, [id, channel, outcome]);
  }

  session.on('Runtime.consoleAPICalled', (params) => {
    const { type, executionContextId, args } = params as unknown as ConsoleCall;
    const objectId = args[1]?.objectId;
    if (type !== 'debug' || args[0]?.value !== HANDSHAKE || !objectId) return;
    // Only the first of a context is ours: the page script runs before any other script can.
    if (receiver?.contextId === executionContextId || contexts.placeOf(executionContextId) !== 'main-frame')
      return;
    receiver = { contextId: executionContextId, objectId };
    options.onReady?.();
  });
  session.on('Runtime.bindingCalled', (params) => {
    if (params['name'] !== BINDING_NAME) return;
    const contextId = Number(params['executionContextId']);
    const request = readPageRequest(params['payload'], MAX_MESSAGE_LENGTH);
    if (request) return void answer(contextId, request);
    log.write('warn', 'unreadable-page-message', { reason: contexts.placeOf(contextId) });
  });
  contexts.onGone((contextId) => {
    if (receiver?.contextId === contextId) receiver = null;
  });

  await session.send('Runtime.addBinding', { name: BINDING_NAME });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: options.pageScript });
  return app.onPush((channel, payload) => {
    if (receiver) deliver(receiver, [0, channel, payload]);
  });
}
