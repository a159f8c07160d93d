import { describe, expect, test } from 'vitest';
import { findRequestFault, isCorrelationId } from '../../../src-main/ers/transport/request-check.ts';

const good = { headers: { Accept: 'application/fhir+json' }, path: '/STU3/Slot', query: [] };

test('a plain request has no fault', () => {
  expect(findRequestFault(good)).toBeNull();
  expect(
    findRequestFault({ ...good, path: '/STU3/ReferralRequest/000000070000/$ers.generatePatientLetter' }),
  ).toBeNull();
  expect(findRequestFault({ ...good, path: '/v1/ProfessionalSession/pro-api-session:0a-b' })).toBeNull();
});

describe('a header is refused', () => {
  test.each([
    '',
    ' lead',
    'trail ',
    'a\r\nX-Evil: 1',
    'a\nb',
    'tab\there',
    'nul\0',
    'caf\u00e9',
    '\u202e',
    'x'.repeat(5_000),
  ])('with the value %j', (value) =>
    expect(findRequestFault({ ...good, headers: { 'X-Correlation-ID': value } })).toBe('bad-header'),
  );

  test.each(['', 'a b', 'a:b', 'a\r\nb', 'Ünicode'])('with the name %j', (name) =>
    expect(findRequestFault({ ...good, headers: { [name]: 'value' } })).toBe('bad-header'),
  );

  test('when it is no text at all', () => {
    const headers = { 'X-Number': 7 as unknown as string, 'X-None': undefined as unknown as string };
    expect(findRequestFault({ ...good, headers })).toBe('bad-header');
  });
});

test.each([
  '',
  'STU3',
  '/STU3/../admin',
  '/STU3/./Slot',
  '/STU3//Slot',
  '/STU3/Slot?x=1',
  '/a b',
  '/a\r\nb',
  '/a#b',
  '/%zz',
  '/a\\b',
])('the path %j is refused', (path) => expect(findRequestFault({ ...good, path })).toBe('bad-path'));

test.each(['line\nbreak', '\ud800', '\u0000'])('the query value %j is refused', (value) =>
  expect(findRequestFault({ ...good, query: [['name', value]] })).toBe('bad-query'),
);

test('a correlation id is letters, digits and dashes', () => {
  expect(isCorrelationId('0f8fad5b-d9cb-469f-a165-70867728950e')).toBe(true);
  for (const bad of ['', 'short', 'with space 1', 'a\r\nb-c-d-e-f', 'x'.repeat(65)])
    expect(isCorrelationId(bad)).toBe(false);
});
