import { describe, expect, test } from 'vitest';
import type { NhsNumber, Ubrn } from '../../../src-main/contract/identifiers.ts';
import { a001CreateProfessionalSession } from '../../../src-main/ers/operations/a001-create-professional-session.ts';
import { a003DeleteSession } from '../../../src-main/ers/operations/a003-delete-session.ts';
import { a005RetrieveReferral } from '../../../src-main/ers/operations/a005-retrieve-referral.ts';
import { a016BookOrDeferAppointment } from '../../../src-main/ers/operations/a016-book-or-defer-appointment.ts';
import { a019GeneratePatientLetter } from '../../../src-main/ers/operations/a019-generate-patient-letter.ts';
import { a038RetrieveAppointment } from '../../../src-main/ers/operations/a038-retrieve-appointment.ts';
import { pdsReadPatient } from '../../../src-main/ers/operations/pds-read-patient.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { bookedAppointment, BOOKING, referralBody } from '../payloads.ts';
import { createTestClient, headerOf, refusal, replyWith, type TestClientOptions } from '../support.ts';

const UBRN = '000000123456' as Ubrn;

const readReferral = (answer: Parameters<typeof createTestClient>[0], options?: TestClientOptions) =>
  createTestClient(answer, options).client.call(a005RetrieveReferral, { ubrn: UBRN });

const book = (answer: Parameters<typeof createTestClient>[0], options?: TestClientOptions) =>
  createTestClient(answer, options).client.call(a016BookOrDeferAppointment, BOOKING);

describe('a success', () => {
  test('carries the value and the facts of the reply', async () => {
    const headers = { etag: 'W/"5"', 'x-request-id': '0f8fad5b-d9cb-469f-a165-70867728950e-1' };
    const outcome = await readReferral(replyWith(200, referralBody(UBRN), headers));
    expect(outcome).toMatchObject({
      kind: 'success',
      value: { ubrn: UBRN, version: 5 },
      facts: { status: 200, etagVersion: 5, transactionId: '0f8fad5b-d9cb-469f-a165-70867728950e-1' },
    });
  });

  test('must speak of the referral that was asked for', async () => {
    const outcome = await readReferral(replyWith(200, referralBody('000000999999')));
    expect(outcome).toMatchObject({ kind: 'unreadable', reason: 'wrong-shape' });
  });

  test.each([
    ['UBRN', { incomingReferral: [{ reference: 'ReferralRequest/000000999999/_history/8' }] }],
    ['slot', { slot: [{ reference: 'Slot/999' }] }],
    ['patient', { participant: bookedAppointment(BOOKING).participant.slice(0, 1) }],
    ['service', { participant: bookedAppointment(BOOKING).participant.slice(1) }],
  ])('of a booking must echo the %s', async (_what, change) => {
    const outcome = await book(replyWith(201, { ...bookedAppointment(BOOKING), ...change }));
    expect(outcome).toMatchObject({ kind: 'unreadable', reason: 'wrong-shape' });
    expect(await book(replyWith(201, bookedAppointment(BOOKING)))).toMatchObject({ kind: 'success' });
  });

  test.each([
    ['html', 200, '<html>Sign in</html>', {}],
    ['wrong-content-type', 200, '{}', { 'content-type': 'text/plain' }],
    ['bad-json', 200, '{"resourceType":', {}],
    ['wrong-shape', 200, { resourceType: 'Bundle' }, {}],
    ['wrong-shape', 200, 'null', {}],
    ['wrong-shape', 204, '', {}],
    ['redirect', 302, '', { location: 'https://evil.test/' }],
    ['too-deep', 200, `{"a":${'['.repeat(70)}${']'.repeat(70)}}`, {}],
  ])('that is %s (status %i) is unreadable', async (reason, status, body, headers) => {
    const outcome = await readReferral(replyWith(status, body, headers as Record<string, string>));
    expect(outcome).toMatchObject({ kind: 'unreadable', reason, status });
  });

  test('that is larger than the cap is unreadable', async () => {
    expect(await readReferral({ kind: 'too-large', status: 200 })).toMatchObject({
      kind: 'unreadable',
      reason: 'too-large',
    });
  });

  test('of a booking is 201 alone', async () => {
    expect(await book(replyWith(200, bookedAppointment(BOOKING)))).toMatchObject({ kind: 'unreadable' });
  });

  test('of a letter is a whole PDF', async () => {
    const letter = (body: string, headers = {}) =>
      createTestClient(replyWith(200, body, { 'content-type': 'application/pdf', ...headers })).client.call(
        a019GeneratePatientLetter,
        { ubrn: UBRN },
      );
    const disposition = { 'content-disposition': 'attachment; filename="000000123456_Letter_20270101.pdf"' };
    const whole = await letter('%PDF-1.4\n%%EOF\n', disposition);
    expect(whole).toMatchObject({ kind: 'success', value: { fileName: '000000123456_Letter_20270101.pdf' } });
    expect(await letter('%PDF-1.4\nhalf')).toMatchObject({ kind: 'unreadable', reason: 'not-a-pdf' });
  });
});

describe('a refusal', () => {
  test('carries its codes, its status and its Retry-After', async () => {
    const outcome = await book(replyWith(422, refusal('SLOT_NOT_AVAILABLE', 'INAPPROPRIATE_VALUE')));
    expect(outcome).toMatchObject({
      kind: 'refused',
      code: 'SLOT_NOT_AVAILABLE',
      codes: ['SLOT_NOT_AVAILABLE', 'INAPPROPRIATE_VALUE'],
      retryAfterMs: null,
      facts: { status: 422 },
    });
    const later = await readReferral(replyWith(503, refusal('SYSTEM_UNAVAILABLE'), { 'retry-after': '7' }));
    expect(later).toMatchObject({ kind: 'refused', retryAfterMs: 7_000 });
  });

  test('keeps a code that nobody knows', async () => {
    expect(await book(replyWith(422, refusal('BRAND_NEW_CODE')))).toMatchObject({
      kind: 'refused',
      code: 'BRAND_NEW_CODE',
    });
  });

  test.each([
    [404, '', {}],
    [409, '', {}],
    [406, 'Not acceptable', { 'content-type': 'text/plain' }],
    [500, '', {}],
    [502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }],
    [504, { fault: { faultstring: 'timeout' } }, { 'content-type': 'application/json' }],
  ])('%i may come without codes', async (status, body, headers) => {
    const outcome = await book(replyWith(status, body, headers as Record<string, string>));
    expect(outcome).toMatchObject({ kind: 'refused', code: '', codes: [], facts: { status } });
  });

  test.each(['1e9', '-5', 'Wed, 21 Oct 2027 07:28:00 GMT', '7.5', '', 'soon'])(
    'ignores Retry-After: %j',
    async (text) => {
      const outcome = await readReferral(replyWith(503, '', { 'retry-after': text }));
      expect(outcome).toMatchObject({ retryAfterMs: null });
    },
  );

  test('believes no Retry-After beyond two minutes', async () => {
    const outcome = await readReferral(replyWith(503, '', { 'retry-after': '999999999' }));
    expect(outcome).toMatchObject({ retryAfterMs: 120_000 });
  });
});

describe('an end of the session', () => {
  test('is a 401 in both dialects, with or without a readable body', async () => {
    expect(await readReferral(replyWith(401, refusal('NO_ACCESS')))).toMatchObject({
      kind: 'unauthorised',
      code: 'NO_ACCESS',
    });
    const fault = { fault: { faultstring: 'Invalid access token' } };
    const json = { 'content-type': 'application/json' };
    expect(await readReferral(replyWith(401, fault, json))).toMatchObject({ kind: 'unauthorised', code: '' });
    expect(await readReferral(replyWith(401), { dialect: 'spine-session' })).toMatchObject({
      kind: 'unauthorised',
    });
  });

  test.each([
    ['an empty body', ''],
    ['NOT_AUTHORISED', refusal('NOT_AUTHORISED')],
    ['NO_ACCESS', refusal('NO_ACCESS')],
  ])('is a 403 of the spine dialect with %s', async (_what, body) => {
    expect(await readReferral(replyWith(403, body), { dialect: 'spine-session' })).toMatchObject({
      kind: 'unauthorised',
    });
  });

  test.each([
    ['a missing relationship', 'spine-session', refusal('NO_RELATIONSHIP'), {}],
    ['a forbidden role', 'spine-session', refusal('FORBIDDEN'), {}],
    ["a proxy's page", 'spine-session', '<html>blocked</html>', { 'content-type': 'text/html' }],
    ['any platform reason', 'api-platform', '', {}],
  ] as const)('is not a 403 for %s', async (_what, dialect, body, headers) => {
    expect(await readReferral(replyWith(403, body, headers), { dialect })).toMatchObject({ kind: 'refused' });
  });
});

describe('a limit', () => {
  test('pauses the gate, with an empty body and without Retry-After', async () => {
    const clock = createManualClock();
    const { client } = createTestClient(replyWith(429), { clock });
    const outcome = await client.call(a005RetrieveReferral, { ubrn: UBRN });
    expect(outcome).toMatchObject({ kind: 'rate-limited', retryAfterMs: 1_000, facts: { status: 429 } });
    expect(client.gate.pausedUntilMs()).toBe(Math.ceil(clock.nowMs() + 1_000));
  });

  test('obeys Retry-After', async () => {
    const outcome = await readReferral(replyWith(429, '', { 'retry-after': '9' }));
    expect(outcome).toMatchObject({ kind: 'rate-limited', retryAfterMs: 9_000 });
  });

  test('backs off further until a reply is good again', async () => {
    const clock = createManualClock();
    const statuses = [429, 429, 404, 429];
    const { client } = createTestClient(() => replyWith(statuses.shift() ?? 404), { clock });
    const waits: unknown[] = [];
    for (let call = 0; call < 4; call++) {
      const outcome = await client.call(a005RetrieveReferral, { ubrn: UBRN });
      waits.push(outcome.kind === 'rate-limited' ? Math.round(outcome.retryAfterMs) : outcome.kind);
      await clock.advance(10_000);
    }
    expect(waits).toEqual([1_000, 2_000, 'refused', 1_000]);
  });

  test('keeps a write from starting late, and says that it was not sent', async () => {
    const clock = createManualClock();
    const { client, sent } = createTestClient(replyWith(429, '', { 'retry-after': '60' }), { clock });
    await client.call(a005RetrieveReferral, { ubrn: UBRN });
    const outcome = await client.call(a016BookOrDeferAppointment, BOOKING);
    expect(outcome).toMatchObject({ kind: 'not-sent', reason: 'calls-are-paused' });
    expect(sent).toHaveLength(1);
  });
});

describe('the network', () => {
  test.each(['not-sent', 'lost'] as const)('says %s, and so does the outcome', async (kind) => {
    const outcome = await book({ kind, reason: 'ECONNRESET' });
    expect(outcome).toEqual({
      kind,
      reason: 'ECONNRESET',
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('what never leaves', () => {
  test('without a sign-in', async () => {
    const { client, sent } = createTestClient(replyWith(200), { identity: null });
    expect(await client.call(a005RetrieveReferral, { ubrn: UBRN })).toMatchObject({
      kind: 'not-sent',
      reason: 'not-signed-in',
    });
    expect(sent).toEqual([]);
  });

  test.each([
    ['a path', { ubrn: '../../admin' as Ubrn }, {}, 'bad-path'],
    ['a correlation id', { ubrn: UBRN }, { correlationId: 'a\r\nX-Evil: 1' }, 'bad-header'],
  ])('is %s that was tampered with', async (_what, input, options, reason) => {
    const { client, sent } = createTestClient(replyWith(200));
    expect(await client.call(a005RetrieveReferral, input, options)).toMatchObject({
      kind: 'not-sent',
      reason,
    });
    expect(sent).toEqual([]);
  });

  test.each([
    ['A001 on the platform', 'api-platform', a001CreateProfessionalSession, { token: 't' }],
    ['A038 in the spine dialect', 'spine-session', a038RetrieveAppointment, { appointmentId: '70000' }],
    [
      'triage in the spine dialect',
      'spine-session',
      a016BookOrDeferAppointment,
      { ...BOOKING, use: 'triage', comment: '' },
    ],
  ] as const)('is %s', async (_what, dialect, operation, input) => {
    const { client, sent } = createTestClient(replyWith(200), { dialect });
    const outcome = await client.call(operation as never, input as never);
    expect(outcome).toMatchObject({ kind: 'not-in-dialect' });
    expect(sent).toEqual([]);
  });

  test('is a request to a patient directory that is not there', async () => {
    const { client } = createTestClient(replyWith(200), { pdsBaseUrl: null });
    const outcome = await client.call(pdsReadPatient, { nhsNumber: '9912003888' as NhsNumber });
    expect(outcome).toEqual({ kind: 'not-in-dialect', operation: 'PDS' });
  });
});

describe('sending', () => {
  test('happens once, with the correlation id of the caller', async () => {
    const { client, sent } = createTestClient({ kind: 'lost', reason: 'ECONNRESET' });
    const correlationId = '0f8fad5b-d9cb-469f-a165-70867728950e';
    await client.call(a016BookOrDeferAppointment, BOOKING, { correlationId });
    expect(sent).toHaveLength(1);
    expect(headerOf(sent[0], 'X-Correlation-ID')).toBe(correlationId);
    expect(sent[0]).toMatchObject({ kind: 'write', timeoutMs: 190_000, method: 'POST' });
  });

  test('takes the session of this very moment', async () => {
    const { client, sent } = createTestClient(replyWith(204), { dialect: 'spine-session' });
    await client.call(a003DeleteSession, { sessionKey: 'session-9' });
    expect(headerOf(sent[0], 'HTTP_X_SESSION_KEY')).toBe('session-9');
  });

  test('stops for those that waited for their turn when a portal comes up, and goes on when it has gone', async () => {
    let portal: Promise<boolean> | false = false;
    const { client, sent } = createTestClient(
      () => {
        portal = Promise.resolve(sent.length === 1);
        return replyWith(200, referralBody(UBRN));
      },
      { holdBack: () => portal },
    );
    const read = () => client.call(a005RetrieveReferral, { ubrn: UBRN }, { urgency: 'refresh' });
    const [first, waiting] = await Promise.all([read(), read()]);
    expect(first.kind).toBe('success');
    expect(waiting).toMatchObject({ kind: 'not-sent', reason: 'behind-portal' });
    expect(sent).toHaveLength(1);
    portal = Promise.resolve(false);
    const later = read();
    portal = false;
    expect((await later).kind).toBe('success');
  });
});

describe('the record of a call', () => {
  test('goes to the log and to the audit, the log without patient, token or diagnostics', async () => {
    const { client, logged, records } = createTestClient(replyWith(422, refusal('NO_RELATIONSHIP')));
    await client.call(a016BookOrDeferAppointment, BOOKING);
    expect(records).toMatchObject([
      { operation: 'A016', kind: 'write', method: 'POST', host: 'ers.test', outcome: 'refused', status: 422 },
    ]);
    expect(records[0]).toMatchObject({ codes: ['NO_RELATIONSHIP'], input: BOOKING });
    expect(logged).toMatchObject([
      { level: 'warn', event: 'ers-call', fields: { operation: 'A016', code: 'NO_RELATIONSHIP' } },
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/9912003888|000000123456|token-1|ers\.test|diagnostics|names/);
  });

  test('keeps a transaction id only when it looks like one', async () => {
    const { client, records } = createTestClient(replyWith(404, '', { 'x-request-id': 'a b\u001b[31m' }));
    await client.call(a005RetrieveReferral, { ubrn: UBRN });
    expect(records[0]?.transactionId).toBe('');
  });

  test('that cannot be kept does not turn a sent call into an error', async () => {
    const onCall = () => {
      throw new Error('disk full');
    };
    const { client, logged } = createTestClient(replyWith(201, bookedAppointment(BOOKING)), { onCall });
    expect(await client.call(a016BookOrDeferAppointment, BOOKING)).toMatchObject({ kind: 'success' });
    expect(logged.map((line) => line.event)).toContain('call-record-failed');
  });
});
