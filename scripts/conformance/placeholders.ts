/** Published examples leave values open: `<asid>` in headers, `{ubrn}` in paths. They are filled before the comparison. */
import type { PublishedRequest } from '../../src-main/ers/operation.ts';
import { withoutKnownDefects } from './exceptions.ts';
import type { Row } from './rows.ts';

export const FILLED: Readonly<Record<string, string>> = {
  'access token': 'token-1',
  asid: '000000000001',
  'session id': 'session-1',
  sessionKey: 'session-1',
  'ods code': 'R69',
  ubrn: '000000070000',
  'file name': 'test.txt',
};

/** The file that stands in for one that no row stores, of the type of the name above. */
const FILE = { type: 'text/plain', bytes: new TextEncoder().encode('A file of four words') };

const fill = (text: string) =>
  text.replace(/[<{]([A-Za-z ]{1,40})[>}]/g, (_whole, name: string) => FILLED[name] ?? '1');

/** The request as the service would have received it. */
export function publishedRequest(row: Row): PublishedRequest {
  const headers = Object.entries(row.headers).map(([name, value]) => [name.toLowerCase(), fill(value)]);
  if (row.sendsFile) headers.push(['content-type', FILE.type]);
  return withoutKnownDefects(row, {
    method: row.method,
    path: fill(row.path),
    query: Object.fromEntries(Object.entries(row.query).map(([name, value]) => [name, fill(value)])),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: row.sendsFile ? FILE.bytes : row.request,
  });
}
