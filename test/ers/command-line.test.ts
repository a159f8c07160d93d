import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referralBody } from './payloads.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const UBRN = '000000123456';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['scripts/ers.ts', ...args],
      { cwd: ROOT, env: { ...process.env, ...env } },
      (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('npm run ers', () => {
  const seen: { url: string | undefined; headers: Record<string, unknown> }[] = [];
  let server: Server;
  let baseUrl = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      const isLetter = request.url?.includes('generatePatientLetter');
      response.setHeader('Content-Type', isLetter ? 'application/pdf' : 'application/fhir+json');
      if (request.url?.endsWith('/Binary')) response.writeHead(201, { Location: 'Binary/abc-1' }).end();
      else if (request.url?.includes('000000000000')) response.writeHead(404).end();
      else response.end(isLetter ? '%PDF-1.4\n%%EOF\n' : JSON.stringify(referralBody(UBRN)));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/referrals/FHIR`;
  });
  afterAll(() => void server.close());

  const platform = (id: string, input: object) => [
    ...[
      id,
      '--base-url',
      baseUrl,
      '--dialect',
      'api-platform',
      '--ods',
      'R69',
      '--role',
      'REFERRING_CLINICIAN_ADMIN',
    ],
    ...['--input', JSON.stringify(input)],
  ];

  test('prints the outcome of a success and ends with 0', async () => {
    const ended = await run(platform('A005', { ubrn: UBRN }), { ERS_TOKEN: 'secret-token' });
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(ended.out)).toMatchObject({ kind: 'success', value: { ubrn: UBRN, version: 5 } });
    expect(seen.at(-1)).toMatchObject({
      url: `/referrals/FHIR/STU3/ReferralRequest/${UBRN}`,
      headers: { authorization: 'Bearer secret-token', 'nhsd-end-user-organisation-ods': 'R69' },
    });
  });

  test('uploads a file', async () => {
    const input = { ubrn: UBRN, name: 'licence.txt', mediaType: 'text/plain' };
    const ended = await run([...platform('A020', input), '--file', 'LICENSE']);
    expect(JSON.parse(ended.out)).toMatchObject({ kind: 'success', value: { documentId: 'abc-1' } });
    expect(seen.at(-1)?.headers).toMatchObject({
      'content-type': 'text/plain',
      'nhsd-ers-file-name': 'licence.txt',
      'content-length': String(statSync(`${ROOT}LICENSE`).size),
    });
    expect((await run([...platform('A020', input), '--file', 'no-such-file'])).code).toBe(2);
  });

  test('speaks the spine dialect', async () => {
    const args = [
      'A005',
      '--base-url',
      baseUrl,
      '--dialect',
      'spine-session',
      '--asid',
      '000000000001',
      '--session',
      's-1',
    ];
    expect(await run([...args, '--input', JSON.stringify({ ubrn: UBRN })])).toMatchObject({ code: 0 });
    expect(seen.at(-1)).toMatchObject({
      url: `/referrals/FHIR/STU3/v1/ReferralRequest/${UBRN}`,
      headers: { xapi_asid: '000000000001', http_x_session_key: 's-1' },
    });
  });

  test('says of a PDF only how long it is', async () => {
    const ended = await run(platform('A019', { ubrn: UBRN }));
    expect(JSON.parse(ended.out)).toMatchObject({ kind: 'success', value: { pdf: { bytes: 15 } } });
  });

  test('prints the catalogue, and calls nobody', async () => {
    const before = seen.length;
    const { code, out } = await run(['--list']);
    expect(code).toBe(0);
    expect(out).toMatch(/^A013 +Accept referral .*acceptReferral.* SPC SPCA +live +Review: accept$/m);
    expect(out).toMatch(/^A009 .*retired October 2019/m);
    expect((await run(['--list', '--markdown'])).out).toMatch(/^\| A013 \| Accept referral \| `POST /m);
    expect(seen.length).toBe(before);
  });

  test('ends with 1 on any other outcome', async () => {
    const ended = await run(platform('A005', { ubrn: '000000000000' }));
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({ kind: 'refused', facts: { status: 404 } });
  });

  test.each([
    ['an unknown id', ['A099'], 'Unknown catalogue id: A099'],
    ['a retired id', ['A017'], 'was retired in December 2020: A016'],
    [
      'an old form on the platform',
      ['A005-DSTU2', '--base-url', 'http://127.0.0.1:1', '--dialect', 'api-platform'],
      'does not exist',
    ],
    [
      'an operation of the other dialect',
      ['A001', '--base-url', 'http://127.0.0.1:1', '--dialect', 'api-platform'],
      'does not exist',
    ],
    [
      'input that is no JSON',
      ['A005', '--base-url', 'http://127.0.0.1:1', '--dialect', 'api-platform', '--input', '{ubrn}'],
      'not JSON',
    ],
    [
      'a bad UBRN',
      ['A005', '--base-url', 'http://127.0.0.1:1', '--dialect', 'api-platform', '--input', '{"ubrn":"12"}'],
      'does not fit A005',
    ],
    [
      'no role',
      [
        'A005',
        '--base-url',
        'http://127.0.0.1:1',
        '--dialect',
        'api-platform',
        '--input',
        `{"ubrn":"${UBRN}"}`,
      ],
      '--role and --ods',
    ],
  ])('ends with 2 and says what is wrong with %s', async (_what, args, words) => {
    const ended = await run(args);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toContain(words);
    expect(ended.err).toContain('usage: npm run ers');
  });
});
