/** The window shows the interface and nothing else: a page that died, or that went elsewhere, is loaded anew. */
import type { Log } from '../../app/ports.ts';
import { APP_URL } from './origin.ts';
import type { CdpSession } from './pipe-connection.ts';

/** A page that dies so often is let go: it would die again. */
const MOST_DEATHS = 3;
/** What no interception sees: a document that the page made itself, and the browser's own page of errors. */
const ELSEWHERE = /^(?:blob|chrome-error):/;

interface Frame {
  readonly url: string;
  readonly parentId?: string;
}

/** Brings the page back from now on; main, the session and the outbox live on meanwhile (attacks S13 and S18). */
export async function keepPageHome(session: CdpSession, log: Log): Promise<void> {
  let deaths = 0;
  const goHome = (method: string, params = {}) =>
    session.send(method, params).catch(() => log.write('error', 'renderer-not-back'));
  session.on('Page.frameNavigated', (params) => {
    const { url, parentId } = params['frame'] as Frame;
    if (parentId !== undefined || !ELSEWHERE.test(url)) return;
    log.write('warn', 'navigation-denied', { reason: url.split(':')[0] ?? '' });
    void goHome('Page.navigate', { url: APP_URL });
  });
  session.on('Inspector.targetCrashed', () => {
    log.write('error', 'renderer-gone', { reason: 'crashed' });
    if ((deaths += 1) <= MOST_DEATHS) void goHome('Page.reload');
  });
  await session.send('Inspector.enable');
}
