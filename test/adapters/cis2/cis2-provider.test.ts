/** Sign-in against a real OpenID provider over real HTTP on the loopback address (devices.md section 2). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCis2Provider } from '../../../src-main/adapters/cis2/cis2-provider.ts';
import { createCombinedPattern, type Cis2Line } from '../../../src-main/adapters/cis2/combined-pattern.ts';
import type { SessionProvider } from '../../../src-main/app/ports.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { openProvider, USER_ID, type OpenIdProvider } from './openid-provider.ts';

let there: OpenIdProvider;
let clock: ManualClock;
let changeCallback: (callback: URL) => void;
let browsed: URL[];
let here: SessionProvider;

const code = (answer: Outcome<unknown>) =>
  answer.ok ? 'signed in' : `${answer.problem.kind} ${answer.problem.code}`;
const tokenOf = (answer: Awaited<ReturnType<SessionProvider['obtain']>>) =>
  answer.ok && answer.value.kind === 'bearer' ? answer.value.token : '';

/** A port that was free a moment ago. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function signInAt(place: OpenIdProvider['place'], line: Cis2Line = {}): SessionProvider {
  return createCis2Provider({
    pattern: createCombinedPattern(place, line),
    redirectPorts: place.redirectPorts,
    clock,
    async openBrowser(address) {
      browsed.push(address);
      void there.browse(address, changeCallback).catch(() => {});
      return true;
    },
  });
}

beforeEach(async () => {
  there = await openProvider(await findPort());
  clock = createManualClock();
  changeCallback = () => {};
  browsed = [];
  here = signInAt(there.place);
});

afterEach(async () => {
  await here.release();
  await there.close();
});

describe('a sign-in', () => {
  it('brings a token, its end, and the person', async () => {
    const answer = await here.obtain();
    expect(answer).toMatchObject({
      ok: true,
      value: { kind: 'bearer', userId: USER_ID, userName: 'Invented Clerk' },
    });
    if (!answer.ok || answer.value.kind !== 'bearer') throw new Error('no credential');
    expect(answer.value.expiresAtMs).toBeCloseTo(clock.nowMs() + 600_000, -1);
    const asked = browsed[0]?.searchParams;
    expect(asked?.get('code_challenge_method')).toBe('S256');
    expect(asked?.get('response_type')).toBe('code');
    expect(asked?.get('acr_values')).toBe('AAL3_ANY');
  });

  it('reads the numbers that the platform writes as texts', async () => {
    there.faults.changeTokens = (answer) => ({
      ...answer,
      expires_in: '599',
      refresh_token_expires_in: '43199',
    });
    const answer = await here.obtain();
    if (!answer.ok || answer.value.kind !== 'bearer') throw new Error('no credential');
    expect(answer.value.expiresAtMs).toBe(clock.nowMs() + 599_000);
    expect(answer.value.renewableUntilMs).toBe(clock.nowMs() + 43_199_000);
  });

  it('needs no id token where the place gives none', async () => {
    there.faults.changeTokens = ({ id_token: _none, ...answer }) => answer;
    expect(code(await here.obtain())).toBe('bad-reply sign-in-not-ours');
    here = signInAt({ ...there.place, jwksUri: null });
    expect(code(await here.obtain())).toBe('signed in');
  });

  it('asks each time with another state, nonce and challenge', async () => {
    await here.obtain();
    await here.obtain();
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(browsed[0]?.searchParams.get(name)).not.toBe(browsed[1]?.searchParams.get(name));
  });
});

describe('what is not an answer to this sign-in', () => {
  it.each([
    [
      'another state',
      (url: URL) => url.searchParams.set('state', 'x'.repeat(43)),
      'bad-reply sign-in-not-ours',
    ],
    [
      'another issuer',
      (url: URL) => url.searchParams.set('iss', 'http://127.0.0.1:1'),
      'bad-reply sign-in-not-ours',
    ],
    ['a code of nobody', (url: URL) => url.searchParams.set('code', 'invented'), 'rejected sign-in-expired'],
    ['no code', (url: URL) => url.searchParams.delete('code'), 'bad-reply sign-in-not-ours'],
  ])('is refused: %s', async (_what, change, expected) => {
    changeCallback = change;
    expect(code(await here.obtain())).toBe(expected);
  });

  it('is refused: another nonce', async () => {
    const pattern = createCombinedPattern(there.place);
    here = createCis2Provider({
      pattern: {
        ...pattern,
        redeem: (callback, checks) => pattern.redeem(callback, { ...checks, nonce: 'n' }),
      },
      ...{ redirectPorts: there.place.redirectPorts, clock },
      openBrowser: async (address) => (void there.browse(address), true),
    });
    expect(code(await here.obtain())).toBe('bad-reply sign-in-not-ours');
  });

  it('is refused: a code that was redeemed before or has expired', async () => {
    changeCallback = () => there.revokeAll();
    expect(code(await here.obtain())).toBe('rejected sign-in-expired');
  });

  it('is refused: a code that came later than it lives', async () => {
    await there.close();
    const [port = 0] = there.place.redirectPorts;
    there = await openProvider(port, 1);
    here = signInAt(there.place);
    // The person's browser comes back late.
    there.faults.delayMs = 2_100;
    expect(code(await here.obtain())).toBe('rejected sign-in-expired');
  });

  it('is refused: an id token that another key signed', async () => {
    const other = await openProvider(await findPort());
    here = signInAt({ ...there.place, jwksUri: other.place.jwksUri });
    there.faults.changeTokens = (answer) => {
      const [head = '', body = ''] = String(answer['id_token']).split('.');
      return { ...answer, id_token: `${head}.${body}.${'A'.repeat(342)}` };
    };
    expect(code(await here.obtain())).toBe('bad-reply sign-in-not-ours');
    await other.close();
  });

  it('does not hear other pages of this machine', async () => {
    let seen: number[] = [];
    const [port] = there.place.redirectPorts;
    here = createCis2Provider({
      pattern: createCombinedPattern(there.place),
      ...{ redirectPorts: there.place.redirectPorts, clock },
      async openBrowser(address) {
        const strays = ['/', '/signed-in', '/favicon.ico'].map((path) => `http://127.0.0.1:${port}${path}`);
        const replies = await Promise.all([...strays.map((url) => fetch(url))]);
        const posted = await fetch(`http://127.0.0.1:${port}/signed-in?state=x`, { method: 'POST' });
        const renamed = await fetch(`http://localhost:${port}/signed-in?state=x`).catch(() => null);
        seen = [...replies, posted].map(({ status }) => status);
        if (renamed !== null) seen.push(renamed.status);
        void there.browse(address);
        return true;
      },
    });
    expect(code(await here.obtain())).toBe('signed in');
    expect(new Set(seen)).toEqual(new Set([404]));
  });
});

describe('a provider that does not do as it should', () => {
  it('says that the person cancelled', async () => {
    there.faults.isCancelled = true;
    expect(code(await here.obtain())).toBe('rejected sign-in-cancelled');
  });

  it.each([
    [
      'dies',
      'unavailable sign-in-no-answer',
      (_: unknown, response: { destroy(): void }) => response.destroy(),
    ],
    [
      'is out of order',
      'unavailable sign-in-no-answer',
      (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(503).end(),
    ],
    [
      'shows a page of somebody else',
      'bad-reply sign-in-not-ours',
      (_: unknown, response: { end(text: string): void }) => response.end('<html>sign in to the wifi</html>'),
    ],
  ] as const)('%s', async (_what, expected, answer) => {
    there.faults.token = answer as never;
    expect(code(await here.obtain())).toBe(expected);
  });

  it('thinks for a while, and is waited for', async () => {
    there.faults.delayMs = 300;
    expect(code(await here.obtain())).toBe('signed in');
  });

  it('thinks for longer than a sign-in waits', async () => {
    here = signInAt(there.place, { timeoutSeconds: 1 });
    there.faults.delayMs = 1_500;
    expect(code(await here.obtain())).toBe('unavailable sign-in-no-answer');
    there.faults.delayMs = 0;
    expect(code(await here.obtain())).toBe('signed in');
    there.faults.delayMs = 1_500;
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('unavailable sign-in-no-answer');
  });

  it('is not there', async () => {
    changeCallback = () => void there.close();
    expect(code(await here.obtain())).toBe('unavailable sign-in-no-answer');
  });

  it('gives no end, so its token is not taken', async () => {
    there.faults.changeTokens = ({ expires_in: _none, ...answer }) => answer;
    expect(code(await here.obtain())).toBe('bad-reply sign-in-without-end');
  });
});

describe('a person who does not finish', () => {
  const silent = () =>
    createCis2Provider({
      pattern: createCombinedPattern(there.place),
      ...{ redirectPorts: there.place.redirectPorts, clock },
      openBrowser: async (address) => browsed.push(address) > 0,
    });
  const untilBrowsed = async (count: number) => {
    while (browsed.length < count) await new Promise((resolve) => setImmediate(resolve));
  };

  it('is waited for five minutes', async () => {
    here = silent();
    const answer = here.obtain();
    await untilBrowsed(1);
    await clock.advance(5 * 60_000);
    expect(code(await answer)).toBe('rejected sign-in-not-finished');
  });

  it('may begin anew, which ends the earlier attempt', async () => {
    here = silent();
    const first = here.obtain();
    await untilBrowsed(1);
    const second = here.obtain();
    expect(code(await first)).toBe('rejected sign-in-not-finished');
    await untilBrowsed(2);
    void there.browse(browsed[1] as URL);
    expect(code(await second)).toBe('signed in');
  });

  it('is told when no browser or no port is there', async () => {
    const parts = { pattern: createCombinedPattern(there.place), clock };
    const { redirectPorts } = there.place;
    here = createCis2Provider({ ...parts, redirectPorts, openBrowser: async () => false });
    expect(code(await here.obtain())).toBe('unavailable no-browser');
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(redirectPorts[0], '127.0.0.1', resolve));
    expect(code(await here.obtain())).toBe('unavailable sign-in-port-taken');
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe('renewing', () => {
  it('brings another token for the same person, again and again', async () => {
    const tokens = [tokenOf(await here.obtain())];
    for (let turn = 0; turn < 3; turn += 1) {
      const renewed = await here.renew?.();
      expect(renewed).toMatchObject({ ok: true, value: { userId: USER_ID } });
      if (renewed) tokens.push(tokenOf(renewed));
    }
    expect(new Set(tokens).size).toBe(4);
    expect(browsed).toHaveLength(1);
  });

  it('says that only a new sign-in helps when the provider called the session back', async () => {
    await here.obtain();
    there.revokeAll();
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('rejected sign-in-expired');
  });

  it('may be tried again when the provider does not answer', async () => {
    await here.obtain();
    there.faults.token = (_request, response) => void response.writeHead(503).end();
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('unavailable sign-in-no-answer');
    there.faults.token = null;
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('signed in');
  });

  it('has nothing to renew before a sign-in and after its release', async () => {
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('session-ended no-renewal');
    await here.obtain();
    await here.release();
    expect(code((await here.renew?.()) as Outcome<unknown>)).toBe('session-ended no-renewal');
  });

  it('calls the tokens back at the release', async () => {
    const token = tokenOf(await here.obtain());
    const asked = () =>
      fetch(there.place.userinfoEndpoint, { headers: { Authorization: `Bearer ${token}` } });
    expect((await asked()).status).toBe(200);
    await here.release();
    expect((await asked()).status).toBe(401);
  });
});
