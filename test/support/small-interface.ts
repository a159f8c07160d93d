/** A page of a few lines as a built interface, for tests of the hosts that need no screens. */
import type { RendererFiles } from '../../src-main/hosts/renderer-files.ts';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test page</title>' +
  '<link rel="icon" href="data:,"><script type="module" src="/page.js"></script><p id="state">loading</p>';

/** An interface whose only script is `code`, which runs as page code under the policy; `more` adds scripts. */
export function makeSmallInterface(code: string, more: Readonly<Record<string, string>> = {}): RendererFiles {
  const files = new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from(PAGE) }]]);
  for (const [path, text] of Object.entries({ ...more, '/page.js': code })) {
    files.set(path, { type: 'text/javascript; charset=utf-8', body: Buffer.from(text) });
  }
  return files;
}
