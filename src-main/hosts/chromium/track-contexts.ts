/** Knows, for each execution context that the browser names, in which frame and origin it runs. */
import type { CdpSession } from './pipe-connection.ts';

/** Where a message came from; only `main-frame` may call. */
export type Place = 'main-frame' | 'subframe' | 'foreign-origin' | 'isolated-world' | 'unknown-context';

export interface ContextTracker {
  placeOf(contextId: number): Place;
  /** Hears of each context that ended. */
  onGone(listener: (contextId: number) => void): void;
}

interface Context {
  readonly id: number;
  readonly origin: string;
  readonly auxData?: { readonly isDefault?: boolean; readonly frameId?: string };
}

function judge(context: Context | undefined, mainFrameId: string, origin: string): Place {
  if (!context) return 'unknown-context';
  if (context.auxData?.frameId !== mainFrameId) return 'subframe';
  if (context.auxData.isDefault !== true) return 'isolated-world';
  return context.origin === origin ? 'main-frame' : 'foreign-origin';
}

/** Follows the contexts of a page session; switches the `Runtime` and `Page` domains on. */
export async function trackContexts(session: CdpSession, origin: string): Promise<ContextTracker> {
  const contexts = new Map<number, Context>();
  const goneListeners: ((contextId: number) => void)[] = [];
  let mainFrameId = '';

  function forget(contextId: number): void {
    if (!contexts.delete(contextId)) return;
    for (const listener of goneListeners) listener(contextId);
  }

  session.on('Runtime.executionContextCreated', (params) => {
    const context = params['context'] as Context;
    contexts.set(context.id, context);
  });
  session.on('Runtime.executionContextDestroyed', (params) => forget(Number(params['executionContextId'])));
  session.on('Runtime.executionContextsCleared', () => [...contexts.keys()].forEach(forget));
  session.on('Page.frameNavigated', (params) => {
    const frame = params['frame'] as { readonly id: string; readonly parentId?: string };
    if (frame.parentId === undefined) mainFrameId = frame.id;
  });
  await session.send('Page.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  mainFrameId = (frameTree as { readonly frame: { readonly id: string } }).frame.id;
  await session.send('Runtime.enable');
  return {
    placeOf: (contextId) => judge(contexts.get(contextId), mainFrameId, origin),
    onGone: (listener) => goneListeners.push(listener),
  };
}
