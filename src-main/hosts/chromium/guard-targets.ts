/** One window and no other: the first page target is the interface, every further one is closed unseen. */
import type { Log } from '../../app/ports.ts';
import type { CdpSession, PipeConnection } from './pipe-connection.ts';

export interface FirstPage {
  readonly session: CdpSession;
  /** False when the page began to load before it could be held, so it must be loaded again. */
  readonly isHeld: boolean;
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly targetId: string; readonly type: string };
  readonly waitingForDebugger: boolean;
}

const PAGES_ONLY = [{ type: 'page' }, { exclude: true }];

/** Lets a held page go and closes it: while it is held, its opener's thread stands still too. */
function closeUnseen({ browser, session }: PipeConnection, sessionId: string, targetId: string): void {
  // It may be gone by itself; either way it is closed.
  session(sessionId)
    .send('Runtime.runIfWaitingForDebugger')
    .catch(() => undefined);
  browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
}

/** Holds each page before its first byte; answers the first, closes all others for as long as the browser runs. */
export function guardTargets(connection: PipeConnection, log: Log): Promise<FirstPage> {
  const { browser } = connection;
  let firstTargetId: string | null = null;
  let firstSessionId: string | null = null;
  return new Promise((resolve, reject) => {
    connection.onClosed(() => reject(new Error('The browser closed before it opened its window')));
    browser.on('Target.attachedToTarget', (params) => {
      const { sessionId, targetInfo, waitingForDebugger } = params as unknown as Attached;
      if (firstTargetId === null) {
        firstTargetId = targetInfo.targetId;
        firstSessionId = sessionId;
        resolve({ session: connection.session(sessionId), isHeld: waitingForDebugger });
      } else if (targetInfo.targetId !== firstTargetId) {
        log.write('warn', 'foreign-window-closed', { reason: targetInfo.type });
        closeUnseen(connection, sessionId, targetInfo.targetId);
      }
    });
    // Closing the window is quitting, also where the browser would stay without one.
    browser.on('Target.detachedFromTarget', (params) => {
      if (params['sessionId'] === firstSessionId) browser.send('Browser.close').catch(() => undefined);
    });
    const attach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: PAGES_ONLY };
    browser.send('Target.setAutoAttach', attach).catch(reject);
  });
}
