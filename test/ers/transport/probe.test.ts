import { describe, expect, test } from 'vitest';
import type { Ubrn } from '../../../src-main/contract/identifiers.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a016BookOrDeferAppointment } from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { problemOf } from '../../../src-main/ers/problem-of.ts';
import { isUnreached, reachOf } from '../../../src-main/ers/reach.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { BOOKING, referralBody } from '../payloads.ts';
import { createTestClient, refusal, replyWith } from '../support.ts';

const UBRN = '000000123456' as Ubrn;
const HTML = { 'content-type': 'text/html' };

describe('the look whether e-RS answers', () => {
  test.each([
    ['answered', replyWith(401, refusal('NO_ACCESS'))],
    ['answered', replyWith(401, '{"fault":{}}', { 'content-type': 'application/json' })],
    ['answered', replyWith(403, refusal('FORBIDDEN'))],
    ['answered', replyWith(404, '', { 'content-type': '' })],
    ['answered', replyWith(503, refusal())],
    ['answered', replyWith(200, {})],
    ['portal', replyWith(200, '<!DOCTYPE html><title>Sign in</title>', HTML)],
    ['portal', replyWith(200, '<html>', { 'content-type': 'application/json' })],
    ['portal', replyWith(403, '<html>', HTML)],
    ['portal', replyWith(302, '', { location: 'https://portal.test/' })],
    ['portal', replyWith(511, '', { 'content-type': '' })],
    ['unclear', replyWith(200, 'ok', { 'content-type': 'text/plain' })],
    ['unclear', replyWith(502, '<html>', HTML)],
    ['unclear', { kind: 'too-large', status: 200 }],
    ['unreached', { kind: 'not-sent', reason: 'ECONNREFUSED' }],
    ['unreached', { kind: 'lost', reason: 'timeout' }],
  ] as const)('%s', async (reach, reply) => {
    const { client } = createTestClient(reply);
    expect(await client.probe('refresh')).toBe(reach);
  });

  test.each([
    ['api-platform', '/R4/PractitionerRole'],
    ['spine-session', '/STU3/v1/CodeSystem/SPECIALTY'],
  ] as const)('carries no credential in the dialect %s', async (dialect, path) => {
    const { client, sent } = createTestClient(replyWith(401, refusal('NO_ACCESS')), { dialect });
    await client.probe('clerk');
    expect(sent).toMatchObject([{ method: 'GET', path, query: [], body: null, kind: 'read' }]);
    expect(sent[0]?.headers).toEqual({ Accept: 'application/fhir+json' });
  });

  test('has all calls pause when the service asks for it, and waits no longer than that is of use', async () => {
    const clock = createManualClock();
    const { client, sent } = createTestClient(replyWith(429, '', { 'retry-after': '60' }), { clock });
    expect(await client.probe('refresh')).toBe('answered');
    expect(client.gate.pausedUntilMs()).not.toBeNull();
    expect(await client.probe('refresh')).toBe('unclear');
    expect(sent).toHaveLength(1);
  });
});

describe('what a call says of the way to e-RS', () => {
  test.each([
    ['answered', false, replyWith(404, '')],
    ['answered', false, replyWith(429, '')],
    ['answered', false, replyWith(401, refusal('NO_ACCESS'))],
    ['answered', false, replyWith(503, refusal('SYSTEM_UNAVAILABLE'))],
    ['answered', false, replyWith(500, '')],
    ['unclear', false, replyWith(200, '{"resourceType":')],
    ['unclear', false, replyWith(200, { resourceType: 'Bundle' })],
    ['unclear', false, { kind: 'too-large', status: 200 }],
    ['unreached', true, { kind: 'not-sent', reason: 'ENETUNREACH' }],
    ['unreached', true, { kind: 'lost', reason: 'timeout' }],
    ['portal', true, replyWith(200, '<html>', HTML)],
    ['portal', true, replyWith(302, '', { location: 'https://portal.test/' })],
    ['portal', true, replyWith(511, '')],
  ] as const)('%s (what is remembered may stand in: %s)', async (reach, mayRecall, reply) => {
    const { client, records } = createTestClient(reply);
    const outcome = await client.call(a005RetrieveReferral, { ubrn: UBRN });
    expect(records[0]?.reach).toBe(reach);
    if (outcome.kind === 'success') throw new Error('not a failure');
    expect(isUnreached(problemOf(outcome).problem)).toBe(mayRecall);
  });

  test('is known of a write too, which a portal answers with another status than the service would', async () => {
    const { client, records } = createTestClient(replyWith(200, '<html>', HTML));
    const outcome = await client.call(a016BookOrDeferAppointment, BOOKING);
    expect(outcome).toMatchObject({ kind: 'unreadable', reason: 'html' });
    expect(records[0]?.reach).toBe('portal');
  });

  test('is nothing when it was not tried', async () => {
    const { client } = createTestClient(replyWith(200, referralBody(UBRN)), { identity: null });
    const outcome = await client.call(a005RetrieveReferral, { ubrn: UBRN });
    expect(outcome.kind === 'not-sent' && reachOf(outcome)).toBe('unclear');
    expect(outcome.kind === 'not-sent' && isUnreached(problemOf(outcome).problem)).toBe(false);
  });
});
