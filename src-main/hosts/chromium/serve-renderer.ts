/** Serves the interface on its made-up origin by intercepting every request of the page; all else is aborted. */
import type { Log } from '../../app/ports.ts';
import { answerRendererRequest, type RendererFiles } from '../renderer-files.ts';
import { CONTENT_SECURITY_POLICY } from '../response-headers.ts';
import { APP_ORIGIN } from './origin.ts';
import type { CdpParams, CdpSession } from './pipe-connection.ts';

interface Paused {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly resourceType?: string;
}

/** A picture that the page made itself; nothing leaves the page for it. */
function isOwnBlob(url: string): boolean {
  return url.startsWith(`blob:${APP_ORIGIN}/`);
}

function decide(
  files: RendererFiles,
  paused: Paused,
): { readonly method: string; readonly params: CdpParams } {
  const { requestId, request, resourceType } = paused;
  if (isOwnBlob(request.url) && resourceType !== 'Document') {
    return { method: 'Fetch.continueRequest', params: { requestId } };
  }
  const isOurs = URL.canParse(request.url) && new URL(request.url).origin === APP_ORIGIN;
  // "No content" ends a navigation where it began: the page stays, and no page of the browser's own takes its place.
  if (!isOurs && resourceType === 'Document')
    return { method: 'Fetch.fulfillRequest', params: { requestId, responseCode: 204 } };
  if (!isOurs) return { method: 'Fetch.failRequest', params: { requestId, errorReason: 'BlockedByClient' } };
  const { status, headers, body } = answerRendererRequest(files, APP_ORIGIN, request);
  return {
    method: 'Fetch.fulfillRequest',
    params: {
      requestId,
      responseCode: status,
      responseHeaders: Object.entries({
        ...headers,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      }).map(([name, value]) => ({ name, value })),
      body: Buffer.from(body).toString('base64'),
    },
  };
}

/** Intercepts all requests of a page session from now on. */
export async function serveRenderer(session: CdpSession, files: RendererFiles, log: Log): Promise<void> {
  session.on('Fetch.requestPaused', (params) => {
    const paused = params as unknown as Paused;
    const { method, params: answer } = decide(files, paused);
    if (method === 'Fetch.failRequest' || answer['responseCode'] === 204) {
      log.write('warn', 'foreign-request-aborted', { reason: paused.resourceType ?? 'unknown' });
    }
    // A page that went away takes its requests with it.
    session.send(method, answer).catch(() => log.write('info', 'request-gone', { reason: method }));
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}
