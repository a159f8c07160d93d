import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readErrorCodes } from '../../../src-main/ers/transport/error-codes.ts';
import {
  checkPdf,
  isTooDeep,
  MAX_REPLY_BYTES,
  parseJson,
} from '../../../src-main/ers/transport/parse-body.ts';
import { refusal } from '../support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const FHIR = { 'content-type': 'application/fhir+json;charset=UTF-8' };
const PDF = { 'content-type': 'application/pdf' };

describe('JSON', () => {
  test.each([
    'application/fhir+json',
    'application/json',
    'application/json+fhir',
    'APPLICATION/FHIR+JSON; x=y',
  ])('is taken as %s', (type) =>
    expect(parseJson({ 'content-type': type }, bytes('{"a":1}'))).toEqual({ ok: true, json: { a: 1 } }),
  );

  test('may begin with a byte order mark', () => {
    expect(parseJson(FHIR, bytes('\ufeff{"a":1}'))).toEqual({ ok: true, json: { a: 1 } });
  });

  test.each([
    ['html', { 'content-type': 'text/html' }, '{"a":1}'],
    ['html', FHIR, '  <!DOCTYPE html><p>Sign in to the hotel'],
    ['html', FHIR, '<HTML><body>'],
    ['wrong-content-type', {}, '{"a":1}'],
    ['wrong-content-type', { 'content-type': 'text/plain' }, '{"a":1}'],
    ['bad-json', FHIR, ''],
    ['bad-json', FHIR, '{"half":'],
    ['bad-json', FHIR, 'null null'],
    ['too-deep', FHIR, '['.repeat(65) + ']'.repeat(65)],
  ])('is %s with %j and %j', (reason, headers, text) => {
    expect(parseJson(headers as Record<string, string>, bytes(text))).toEqual({ ok: false, reason });
  });

  test('that is no UTF-8 is bad', () => {
    expect(parseJson(FHIR, new Uint8Array([0x22, 0xff, 0x22]))).toEqual({ ok: false, reason: 'bad-json' });
  });

  test('over the cap is too large', () => {
    expect(parseJson(FHIR, new Uint8Array(MAX_REPLY_BYTES + 1).fill(0x20))).toEqual({
      ok: false,
      reason: 'too-large',
    });
  });

  test('may be 64 deep, whatever its texts hold', () => {
    const nested = (depth: number) => `${'[{"k":'.repeat(depth / 2)}"[[{{\\"[["${'}]'.repeat(depth / 2)}`;
    expect(isTooDeep(bytes(nested(64)))).toBe(false);
    expect(isTooDeep(bytes(nested(66)))).toBe(true);
  });

  test('has the depth that a full walk finds', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 80 }), fc.nat(70), (value, extra) => {
        const text = `${'['.repeat(extra)}${JSON.stringify(value)}${']'.repeat(extra)}`;
        expect(isTooDeep(bytes(text))).toBe(depthOf(value) + extra > 64);
      }),
      { numRuns: 300 },
    );
  });

  test('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (body, type) => {
        expect(parseJson({ 'content-type': type }, body)).toHaveProperty('ok');
        expect(checkPdf({ 'content-type': type }, body)).toHaveProperty('ok');
        expect(readErrorCodes(FHIR, body)).toEqual([]);
      }),
    );
  });
});

describe('a PDF', () => {
  test('has its type, its start and its end', () => {
    expect(checkPdf(PDF, bytes('%PDF-1.7\nbody\n%%EOF\n')).ok).toBe(true);
  });

  test.each([
    ['wrong-content-type', FHIR, '%PDF-1.7\n%%EOF'],
    ['html', PDF, '<html>%PDF-1.7 %%EOF'],
    ['not-a-pdf', PDF, ''],
    ['not-a-pdf', PDF, 'junk %PDF-1.7\n%%EOF'],
    ['not-a-pdf', PDF, `%PDF-1.7\n%%EOF${' '.repeat(2_000)}cut in the middle of an upda`],
  ])('is %s with %j and %j', (reason, headers, text) => {
    expect(checkPdf(headers, bytes(text))).toEqual({ ok: false, reason });
  });
});

describe('error codes', () => {
  const codesOf = (body: unknown, headers: Record<string, string> = FHIR) =>
    readErrorCodes(headers, bytes(typeof body === 'string' ? body : JSON.stringify(body)));

  test('come in order, each once', () => {
    expect(codesOf(refusal('INVALID_VALUE', 'MISSING_VALUE', 'INVALID_VALUE'))).toEqual([
      'INVALID_VALUE',
      'MISSING_VALUE',
    ]);
  });

  test('are read from R4 as well', () => {
    const coding = [{ system: 'https://fhir.nhs.uk/CodeSystem/http-error-codes', code: 'REC_NOT_FOUND' }];
    expect(codesOf({ resourceType: 'OperationOutcome', issue: [{ details: { coding } }] })).toEqual([
      'REC_NOT_FOUND',
    ]);
  });

  test.each([
    ['an empty body', '', FHIR],
    ['plain text', 'Not acceptable', { 'content-type': 'text/plain' }],
    [
      "a gateway's fault",
      { fault: { faultstring: 'Invalid access token' } },
      { 'content-type': 'application/json' },
    ],
    ['a page', '<html>502</html>', { 'content-type': 'text/html' }],
    ['an outcome without issues', { resourceType: 'OperationOutcome' }, FHIR],
    ['an issue without details', { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'x' }] }, FHIR],
  ])('are none in %s', (_name, body, headers) => expect(codesOf(body, headers)).toEqual([]));

  test.each(['9912003888', 'two words', 'LINE\nBREAK', '\u001b[31m', '=cmd()', '', 'X'.repeat(81)])(
    'are never free text: %j',
    (code) => expect(codesOf(refusal(code))).toEqual([]),
  );
});
