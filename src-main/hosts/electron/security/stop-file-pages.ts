import type { Protocol } from 'electron';
import { answerRendererRequest, type RendererFiles } from '../../renderer-files.ts';
import { APP_ORIGIN, APP_SCHEME } from '../origin.ts';
import { STOP_INJECTED_CODE } from './stop-injected-code.ts';

/** The privileges of the scheme; to be registered before Electron is ready. */
export const APP_SCHEME_PRIVILEGES = [
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

/**
 * No page is a file of the disk: `app://ui` is served from the map of built files, and no address becomes a path
 * (checklist 18, attack S16).
 */
export function serveAppProtocol(protocol: Protocol, files: RendererFiles): void {
  protocol.handle(APP_SCHEME, (request) => {
    const { status, headers, body } = answerRendererRequest(files, APP_ORIGIN, request);
    return new Response(request.method === 'HEAD' ? null : Buffer.from(body), {
      status,
      headers: { ...headers, ...STOP_INJECTED_CODE },
    });
  });
}
