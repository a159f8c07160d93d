/**
 * The built interface as a fixed map from path to file, read once at start. A request is looked up in the map and
 * never becomes a path on disk (safety.md, checklist 18, attack S16).
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { RESPONSE_HEADERS } from './response-headers.ts';

/** One file of the interface, ready to serve. */
export interface RendererFile {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Path with a leading slash to file; `/` is the page. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

/** An answer that a host turns into its own kind of response. */
export interface RendererAnswer {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Reads the built interface; source maps stay out. Fails when there is no `index.html`: it was not built. */
export async function readRendererFiles(directory: string): Promise<RendererFiles> {
  const files = new Map<string, RendererFile>();
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const absolute = join(entry.parentPath, entry.name);
    const path = absolute.slice(join(directory, sep).length - 1).replaceAll(sep, '/');
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
    files.set(path, { type, body: await readFile(absolute) });
  }
  const page = files.get('/index.html');
  if (!page) throw new Error(`The interface is not built: ${directory} has no index.html`);
  return files.set('/', page);
}

const NOTHING = new Uint8Array();

function answer(status: RendererAnswer['status'], file?: RendererFile): RendererAnswer {
  const type = file?.type ?? 'text/plain; charset=utf-8';
  return { status, headers: { ...RESPONSE_HEADERS, 'Content-Type': type }, body: file?.body ?? NOTHING };
}

/**
 * Answers one request of the interface. `base` is the host's own scheme and authority, e.g. `app://ui`; another
 * authority, a user name, a query or a path outside the map is 404.
 */
export function answerRendererRequest(
  files: RendererFiles,
  base: string,
  request: { readonly method: string; readonly url: string },
): RendererAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405);
  if (!URL.canParse(request.url)) return answer(404);
  const url = new URL(request.url);
  const isOurs = `${url.protocol}//${url.host}` === base && url.username === '' && url.password === '';
  if (!isOurs || url.search !== '') return answer(404);
  const file = files.get(url.pathname === '' ? '/' : url.pathname);
  return file ? answer(200, file) : answer(404);
}
