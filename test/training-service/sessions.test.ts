import { beforeEach, describe, expect, it } from 'vitest';
import { ASID, ORIGIN, SPINE, codeOf, createBench, slotQuery, type Bench } from './support.ts';

const TYPE = 'uk.nhs.ers.xapi.dto.v1.session.ProfessionalSession';
const SPCA = 'SERVICE_PROVIDER_CLINICIAN_ADMIN';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench({ sessionIdleMs: 60_000 });
});

const create = (
  token: string,
  headers: Record<string, string | null> = {},
  body: object = { typeInfo: TYPE, token },
) =>
  bench.send(`${SPINE}/v1/ProfessionalSession`, {
    method: 'POST',
    headers: { XAPI_ASID: ASID, 'Content-Type': 'application/json', ...headers },
    body,
  });
const select = (key: string, body: object, header = key) =>
  bench.send(`${SPINE}/v1/ProfessionalSession/${key}`, {
    method: 'PUT',
    headers: { XAPI_ASID: ASID, HTTP_X_SESSION_KEY: header, 'Content-Type': 'application/json' },
    body: { typeInfo: TYPE, ...body },
  });
const end = (key: string) =>
  bench.send(`${SPINE}/v1/ProfessionalSession/${key}`, {
    method: 'DELETE',
    headers: { XAPI_ASID: ASID, HTTP_X_SESSION_KEY: key },
  });
const use = (key: string) =>
  bench.send(`${SPINE}/STU3/v1/Slot?${slotQuery('11000')}`, {
    headers: { XAPI_ASID: ASID, HTTP_X_SESSION_KEY: key, 'X-ERS-XAPI-COMM-RULE-ORG': 'R69' },
  });
const permission = (businessFunction: string, orgIdentifier = 'R69') => ({
  permission: { businessFunction, orgIdentifier },
});
const newKey = async () => String((await create(await bench.ticket())).at('id'));

describe('A001', () => {
  it('opens a provisional session with every permission and the organisations’ names', async () => {
    const created = await create(await bench.ticket());
    expect([created.status, created.at('permission'), created.at('user', 'identifier')]).toEqual([
      201,
      null,
      '555000000101',
    ]);
    expect(created.at('user', 'permissions', 0)).toEqual({
      businessFunction: 'REFERRING_CLINICIAN_ADMIN',
      orgIdentifier: 'R69',
      orgName: 'WILLOW LANE SURGERY',
    });
    expect((await use(String(created.at('id')))).status).toBe(403);
  });

  it('takes a ticket with blanks or URL encoding', async () => {
    expect((await create(` ${await bench.ticket()} `)).status).toBe(201);
    expect((await create((await bench.ticket()).replaceAll('-', '%2D'))).status).toBe(201);
  });

  it('refuses a wrong ticket and a missing ASID with 403, a malformed body with 422', async () => {
    expect((await create('AQIC-nonsense')).status).toBe(403);
    expect((await create(await bench.ticket(), { XAPI_ASID: null })).status).toBe(403);
    const malformed = await create('', {}, { token: 'x' });
    expect([malformed.status, codeOf(malformed)]).toEqual([422, 'INVALID_VALUE']);
    expect((await create(bench.token)).status).toBe(403);
  });

  it('gives a user without any role an empty list', async () => {
    const signedIn = await bench.send(`${ORIGIN}/training/sso-ticket`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: { userId: '555000000104' },
    });
    const created = await create(String(signedIn.at('ticket')));
    expect([created.status, created.at('user', 'permissions')]).toEqual([201, []]);
  });
});

describe('A002', () => {
  it('selects a role under a new key, and the old key is dead', async () => {
    const key = await newKey();
    const selected = await select(key, permission('REFERRING_CLINICIAN'));
    const next = String(selected.at('id'));
    expect([selected.status, selected.at('permission', 'orgName')]).toEqual([200, 'WILLOW LANE SURGERY']);
    expect(next).not.toBe(key);
    expect((await use(next)).status).toBe(200);
    expect((await use(key)).status).toBe(403);
    expect((await select(key, permission('REFERRING_CLINICIAN'))).status).toBe(403);
    expect((await select(next, permission('REFERRING_CLINICIAN'))).status).toBe(400);
  });

  it('refuses a role that is not held, another session’s key, an unknown session', async () => {
    const key = await newKey();
    expect((await select(key, permission('REFERRING_CLINICIAN', 'R70'))).status).toBe(403);
    expect((await select(key, permission('COMMISSIONER'))).status).toBe(403);
    expect((await select(key, permission('REFERRING_CLINICIAN'), await newKey())).status).toBe(403);
    expect((await select('pro-xapi-session_none', permission('REFERRING_CLINICIAN'))).status).toBe(403);
  });

  it('takes SPCA through a third stage', async () => {
    const chosen = await select(await newKey(), permission(SPCA, 'R68'));
    const key = String(chosen.at('id'));
    expect(chosen.at('onBehalfOfUsers')).toContain('021600556514');
    expect((await select(key, {})).status).toBe(403);
    const early = await bench.send(`${SPINE}/STU3/v1/ReferralRequest/000000000000`, {
      headers: { XAPI_ASID: ASID, HTTP_X_SESSION_KEY: key },
    });
    expect(early.status).toBe(403);
    expect((await select(key, { onBehalfOf: '555000000211' })).status).toBe(403);
    const complete = await select(key, { onBehalfOf: '021600556514' });
    expect([complete.status, complete.at('onBehalfOf')]).toEqual([200, '021600556514']);
    const role = { ...permission('REFERRING_CLINICIAN'), onBehalfOf: '021600556514' };
    expect((await select(await newKey(), role)).status).toBe(400);
  });
});

describe('A003 and the end of sessions', () => {
  it('ends a session once: the second time it is a 403', async () => {
    const key = await bench.openSession();
    expect((await end(key)).status).toBe(204);
    expect((await end(key)).status).toBe(403);
    expect((await use(key)).status).toBe(403);
  });

  it('dies by idling', async () => {
    const key = await bench.openSession();
    await bench.clock.advance(60_000);
    expect((await use(key)).status).toBe(200);
    await bench.clock.advance(60_001);
    expect((await use(key)).status).toBe(403);
  });

  it('dies without notice with its card session', async () => {
    const ticket = await bench.ticket();
    const key = String((await create(ticket)).at('id'));
    const selected = String((await select(key, permission('REFERRING_CLINICIAN'))).at('id'));
    await bench.send(`${ORIGIN}/training/sign-out`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: { credential: ticket },
    });
    const dead = await use(selected);
    expect([dead.status, codeOf(dead)]).toEqual([403, 'NOT_AUTHORISED']);
  });
});

describe('the training sign-in', () => {
  it('gives a new token each time, with its end', async () => {
    const sign = () =>
      bench.send(`${ORIGIN}/training/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: {},
      });
    const [first, second] = [await sign(), await sign()];
    expect(first.at('token')).not.toBe(second.at('token'));
    expect([first.at('userName'), first.at('expiresInSeconds')]).toEqual(['Alex Clerk', 3600]);
    expect(first.at('expiresAtMs')).toBe(bench.clock.nowMs() + 3_600_000);
  });
});
