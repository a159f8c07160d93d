import { describe, expect, test } from 'vitest';
import type { Network, WireReply, WireRequest } from '../../src-main/app/ports.ts';
import { createAttachmentReader, MAX_FILE_BYTES } from '../../src-main/ers/attachment-reader.ts';
import type { DialectName } from '../../src-main/ers/operation.ts';
import { createInstantClock, createTestClient, refusal, replyWith } from './support.ts';

const URL_OF_FILE = 'https://files.test/store/one?key=a%2Fb&sig=x%3D';
const located = (location: string): WireReply =>
  replyWith(307, '', { location, 'x-request-id': 'transaction-1' });
const text = replyWith(200, 'A file', {
  'content-type': 'text/plain',
  'content-disposition': 'attachment; filename="notes.txt"',
});

function readerWith(asked: WireReply, given: WireReply = text, dialect: DialectName = 'api-platform') {
  const { client, sent } = createTestClient(asked, { dialect });
  const fetched: WireRequest[] = [];
  const logged: unknown[] = [];
  const network: Network = {
    async send(request) {
      fetched.push(request);
      return given;
    },
    close: async () => {},
  };
  const log = { write: (...line: unknown[]) => void logged.push(line) };
  const open = (baseUrl: string) =>
    createAttachmentReader({ ers: client, network, clock: createInstantClock(), log, baseUrl });
  return { sent, fetched, logged, reader: open('https://ers.test/base'), open };
}

const FILE = { url: 'Binary/19eb7224' };

describe('an attachment on the platform', () => {
  test('is fetched from where A042 says, at once, with nothing that says who asks', async () => {
    const { reader, sent, fetched } = readerWith(located(URL_OF_FILE));
    expect(await reader.read(FILE)).toMatchObject({
      kind: 'success',
      value: { contentType: 'text/plain', fileName: 'notes.txt', bytes: new TextEncoder().encode('A file') },
      facts: { status: 200, transactionId: 'transaction-1' },
    });
    expect(sent[0]?.headers).toHaveProperty('Authorization');
    expect(fetched).toEqual([
      {
        baseUrl: 'https://files.test',
        method: 'GET',
        path: '/store/one?key=a%2Fb&sig=x%3D',
        query: [],
        headers: { Accept: '*/*' },
        body: null,
        kind: 'read',
        timeoutMs: 60_000,
        maxBytes: MAX_FILE_BYTES,
      },
    ]);
  });

  test('is asked for anew at every reading', async () => {
    const { reader, sent, fetched } = readerWith(located(URL_OF_FILE));
    await reader.read(FILE);
    await reader.read(FILE);
    expect([sent.length, fetched.length]).toEqual([2, 2]);
  });

  test.each([
    'http://files.test/one',
    'https://127.0.0.1/one',
    'https://localhost/one',
    'https://user@files.test/one',
    'https://:pass@files.test/one',
    'ftp://files.test/one',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
  ])('is not fetched from %s', async (location) => {
    const { reader, fetched } = readerWith(located(location));
    expect(await reader.read(FILE)).toMatchObject({ kind: 'unreadable', reason: 'redirect' });
    expect(fetched).toEqual([]);
  });

  test('comes from this machine only when e-RS is on this machine, as in tests', async () => {
    const { open, fetched } = readerWith(located('http://127.0.0.1:4000/one'));
    expect((await open('http://127.0.0.1:4000/base').read(FILE)).kind).toBe('success');
    expect((await open('https://ers.test/base').read(FILE)).kind).toBe('unreadable');
    expect(fetched).toHaveLength(1);
  });

  test('is not followed to a second place', async () => {
    const { reader, fetched } = readerWith(
      located(URL_OF_FILE),
      replyWith(302, '', { location: 'https://files.test/two' }),
    );
    expect(await reader.read(FILE)).toMatchObject({ kind: 'unreadable', reason: 'redirect' });
    expect(fetched).toHaveLength(1);
  });

  test.each<[string, WireReply, unknown]>([
    ['a portal’s page', replyWith(200, '<html>', { 'content-type': 'text/html' }), { reason: 'html' }],
    ['a file without end', { kind: 'too-large', status: 200 }, { reason: 'too-large' }],
    ['silence', { kind: 'lost', reason: 'timeout' }, { kind: 'lost', reason: 'timeout' }],
    ['no way there', { kind: 'not-sent', reason: 'ENOTFOUND' }, { kind: 'not-sent' }],
    [
      'a place that has expired',
      replyWith(403, 'gone'),
      { kind: 'refused', code: '', facts: { status: 403 } },
    ],
  ])('ends as data with %s', async (_what, given, outcome) => {
    const { reader, logged } = readerWith(located(URL_OF_FILE), given);
    expect(await reader.read(FILE)).toMatchObject(outcome as object);
    expect(JSON.stringify(logged)).not.toMatch(/files\.test|sig=|19eb7224/);
    expect(logged).toHaveLength(1);
  });

  test('is not fetched after a refusal', async () => {
    const { reader, fetched } = readerWith(replyWith(422, refusal('THREATS_FOUND')));
    expect(await reader.read(FILE)).toMatchObject({ kind: 'refused', code: 'THREATS_FOUND' });
    expect(fetched).toEqual([]);
  });

  test('is not asked for when its address has no id', async () => {
    const { reader, sent } = readerWith(located(URL_OF_FILE));
    expect(await reader.read({ url: 'https://evil.test/' })).toMatchObject({ kind: 'unreadable' });
    expect(sent).toEqual([]);
  });
});

test('an attachment in the spine dialect comes from e-RS itself', async () => {
  const { reader, sent, fetched } = readerWith(text, text, 'spine-session');
  expect(await reader.read({ url: 'Binary/att-70000-1' })).toMatchObject({
    value: { fileName: 'notes.txt' },
  });
  expect(sent.map(({ path }) => path)).toEqual(['/STU3/v1/Binary/att-70000-1']);
  expect(fetched).toEqual([]);
});
