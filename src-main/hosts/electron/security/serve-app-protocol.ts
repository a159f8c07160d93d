import type { Protocol } from 'electron';
import { answerRendererRequest, type RendererFiles } from '../../renderer-files.ts';
import { APP_ORIGIN, APP_SCHEME } from '../origin.ts';

/** The privileges of the scheme; to be registered before Electron is ready. */
export const APP_SCHEME_PRIVILEGES = [
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

/** Serves `app://ui` from the map of built files, with the policy on every answer (checklist 7 and 18). */
export function serveAppProtocol(protocol: Protocol, files: RendererFiles): void {
  protocol.handle(APP_SCHEME, (request) => {
    const { status, headers, body } = answerRendererRequest(files, APP_ORIGIN, request);
    return new Response(request.method === 'HEAD' ? null : Buffer.from(body), { status, headers });
  });
}
