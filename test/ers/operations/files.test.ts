import { describe, expect, test } from 'vitest';
import type { Ubrn } from '../../../src-main/contract/identifiers.ts';
import type { DialectName } from '../../../src-main/ers/operation.ts';
import {
  a006RetrieveAttachment as a006,
  attachmentIdOf,
} from '../../../src-main/ers/operations/a006-retrieve-attachment.ts';
import { a007GenerateClinicalInformation as a007 } from '../../../src-main/ers/operations/a007-generate-clinical-information.ts';
import {
  a020UploadFile as a020,
  isUploadName,
  MAX_UPLOAD_BYTES,
  uploadTypeOf,
  type A020Input,
} from '../../../src-main/ers/operations/a020-upload-file.ts';
import { a042RetrieveAttachment as a042 } from '../../../src-main/ers/operations/a042-retrieve-attachment.ts';
import { actionForRefusal } from '../../../src-main/ers/refusals.ts';
import { createTestClient, headerOf, PLATFORM, refusal, replyWith } from '../support.ts';
import { UBRN } from './read-with.ts';

const PDF = 'application/pdf';
const content = Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff, 0x00, 0x80);
const UPLOAD: A020Input = { ubrn: UBRN as Ubrn, name: 'Plan for clinic.pdf', mediaType: PDF, content };
const created = (location: string) => replyWith(201, '', { location });

describe('A020', () => {
  test('sends the bytes as they are, with name and referral in headers, on the platform', async () => {
    const { client, sent } = createTestClient(created('Binary/64b04c13-2d4d'));
    expect(await client.call(a020, UPLOAD)).toMatchObject({
      kind: 'success',
      value: { documentId: '64b04c13-2d4d' },
    });
    expect(sent[0]).toMatchObject({ method: 'POST', path: '/STU3/Binary', kind: 'write' });
    expect(sent[0]?.body).toEqual(content);
    expect(sent[0]?.headers).toMatchObject({
      Authorization: 'Bearer token-1',
      'Content-Type': PDF,
      'NHSD-eRS-File-Name': 'Plan for clinic.pdf',
      'NHSD-eRS-Referral-ID': UBRN,
    });
  });

  test('has other header names in the spine dialect', async () => {
    const { client, sent } = createTestClient(created('Binary/att-70000-7'), { dialect: 'spine-session' });
    expect(await client.call(a020, UPLOAD)).toMatchObject({ value: { documentId: 'att-70000-7' } });
    expect(sent[0]?.headers).toMatchObject({
      HTTP_X_SESSION_KEY: 'session-1',
      'Content-Type': PDF,
      'X-ERS-XAPI-META-FILE_NAME': 'Plan for clinic.pdf',
      'X-ERS-XAPI-META-INTENDED_UBRN': UBRN,
    });
    expect(sent[0]?.path).toBe('/STU3/v1/Binary');
  });

  test.each<[string, Partial<A020Input>]>([
    ['an empty file', { content: new Uint8Array() }],
    ['a file of more than 5 MB', { content: new Uint8Array(MAX_UPLOAD_BYTES + 1) }],
    ['a type that is not that of its name', { mediaType: 'text/plain' }],
    ['a name without extension', { name: 'plan' }],
    ['a program', { name: 'plan.exe', mediaType: 'application/octet-stream' }],
    ['a name with a path', { name: '../plan.pdf' }],
    ['a name with a line break', { name: 'plan\r\nX-Evil: 1.pdf' }],
    ['a name that no header can carry', { name: 'Größe.pdf' }],
    ['a name of more than 255 characters', { name: `${'n'.repeat(252)}.pdf` }],
  ])('never sends %s', async (_what, change) => {
    const { client, sent } = createTestClient(created('Binary/1'));
    expect((await client.call(a020, { ...UPLOAD, ...change })).kind).toBe('not-in-dialect');
    expect(sent).toEqual([]);
  });

  test('sends 5 MB to the byte', async () => {
    const { client, sent } = createTestClient(created('Binary/1'));
    const whole = new Uint8Array(MAX_UPLOAD_BYTES);
    expect((await client.call(a020, { ...UPLOAD, content: whole })).kind).toBe('success');
    expect(sent).toHaveLength(1);
  });

  test.each<[string, DialectName, string | null]>([
    ['x.dcm', 'api-platform', 'application/dicom'],
    ['x.dcm', 'spine-session', null],
    ['x.htm', 'spine-session', 'text/html'],
    ['x.htm', 'api-platform', null],
    ['X.DOCX', 'api-platform', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['x.pdf.exe', 'api-platform', null],
    ['x.constructor', 'api-platform', null],
  ])('knows the type of %s in %s: %s', (name, dialect, type) =>
    expect(uploadTypeOf(name, dialect)).toBe(type),
  );

  test('takes plain names only', () => {
    expect(['a.txt', 'A b-c_(1).pdf'].every(isUploadName)).toBe(true);
    expect(['', '.txt', 'a.', ' a.txt', 'a.txt ', 'a:b.txt', 'a"b.txt'].some(isUploadName)).toBe(false);
  });

  test.each(['', 'https://evil.test/', 'Slot/1', 'Binary/', 'Binary/a/b'])(
    'does not know what became of the file when the answer says %j',
    async (location) => {
      const { client } = createTestClient(location === '' ? replyWith(201) : created(location));
      expect(await client.call(a020, UPLOAD)).toMatchObject({ kind: 'unreadable', reason: 'wrong-shape' });
    },
  );

  test('takes the id alone of an answer that names a whole address', async () => {
    const { client } = createTestClient(created('https://elsewhere.test/base/STU3/Binary/abc-1'));
    expect(await client.call(a020, UPLOAD)).toMatchObject({ value: { documentId: 'abc-1' } });
  });
});

describe('A006', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
  const disposition = { 'content-disposition': 'attachment; filename="../../trace.png"' };

  test('gives the bytes, the type and a harmless name, and accepts any type', async () => {
    const headers = { 'content-type': 'Image/PNG; q=1', ...disposition };
    const { client, sent } = createTestClient(replyWith(200, png, headers), { dialect: 'spine-session' });
    expect(await client.call(a006, { id: 'att-70000-1' })).toMatchObject({
      value: { bytes: png, contentType: 'image/png', fileName: 'trace.png' },
    });
    expect(sent[0]).toMatchObject({ method: 'GET', path: '/STU3/v1/Binary/att-70000-1', kind: 'read' });
    expect(headerOf(sent[0], 'Accept')).toBe('*/*');
  });

  test('takes a web page for a portal, unless it is named as a file', async () => {
    const page = '<!DOCTYPE html><title>Sign in</title>';
    const ask = async (headers: Record<string, string>) =>
      createTestClient(replyWith(200, page, { 'content-type': 'text/html', ...headers })).client.call(a006, {
        id: '1',
      });
    expect(await ask({})).toMatchObject({ kind: 'unreadable', reason: 'html' });
    expect(await ask({ 'content-disposition': 'attachment; filename=a.htm' })).toMatchObject({
      kind: 'success',
      value: { contentType: 'text/html', fileName: 'a.htm' },
    });
  });

  test.each([
    ['PENDING', 'wait'],
    ['THREATS_FOUND', 'tell'],
    ['VALIDATION_FAILED', 'tell'],
    ['FILE_SIZE_ERROR', 'tell'],
  ])('is refused with %s: %s', (code, action) => {
    expect(actionForRefusal(a006, code, 422)).toBe(action);
    expect(actionForRefusal(a042, code, 422)).toBe(action);
  });

  test.each([
    ['Binary/19eb7224-1', '19eb7224-1'],
    ['https://elsewhere.test/x/Binary/19eb7224', '19eb7224'],
    ['https://elsewhere.test/', null],
    ['Binary/../Slot', null],
    ['', null],
  ])('names the attachment of %s by its id alone: %s', (url, id) => expect(attachmentIdOf({ url })).toBe(id));
});

describe('A042', () => {
  const redirect = (headers: Record<string, string>) =>
    createTestClient(replyWith(307, '', headers)).client.call(a042, { id: '19eb7224' });

  test('says where the file lies, and does not go there', async () => {
    const headers = { location: 'https://files.test/a?key=b', 'x-request-id': 't-1' };
    const { client, sent } = createTestClient(replyWith(307, '', headers));
    expect(await client.call(a042, { id: '19eb7224' })).toMatchObject({
      kind: 'success',
      value: { location: 'https://files.test/a?key=b' },
    });
    expect(sent.map(({ path }) => path)).toEqual(['/R4/Binary/19eb7224']);
  });

  test('is not deceived by the redirect of a portal, nor by one to nowhere', async () => {
    expect(await redirect({ location: 'https://portal.test/' })).toMatchObject({ reason: 'redirect' });
    expect(await redirect({ 'x-request-id': 't-1' })).toMatchObject({ reason: 'wrong-shape' });
  });

  test('is refused in the words of R4', async () => {
    const { client } = createTestClient(replyWith(422, refusal('PENDING')));
    expect(await client.call(a042, { id: '1' })).toMatchObject({ kind: 'refused', code: 'PENDING' });
  });
});

test('A007 gives a whole PDF, and only that', async () => {
  const headers = { 'content-type': PDF, 'content-disposition': 'attachment; filename="cri.pdf"' };
  const ask = (body: string) =>
    createTestClient(replyWith(200, body, headers), { identity: PLATFORM }).client.call(a007, {
      ubrn: UBRN as Ubrn,
    });
  expect(await ask('%PDF-1.7\n%%EOF\n')).toMatchObject({ kind: 'success', value: { fileName: 'cri.pdf' } });
  expect(await ask('%PDF-1.7\n')).toMatchObject({ kind: 'unreadable', reason: 'not-a-pdf' });
});
