/** The built page script, made new when a source is newer, so that no test runs an old one. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from '../../scripts/build.ts';

const path = fileURLToPath(new URL('../../dist/preload/page-script.js', import.meta.url));

/** The text of the page script. */
export async function readPageScript(): Promise<string> {
  await buildIfStale(['page-script']);
  return readFile(path, 'utf8');
}
