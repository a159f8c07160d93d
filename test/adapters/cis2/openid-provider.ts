/** A real OpenID provider on the loopback address, whose person signs in at once. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import Provider from 'oidc-provider';
import type { Cis2Place } from '../../../src-main/adapters/cis2/combined-pattern.ts';

export const USER_ID = '000000000101';
const USER_NAME = 'Invented Clerk';

export interface OpenIdProvider {
  readonly place: Cis2Place;
  /** What goes wrong with the next requests. */
  readonly faults: {
    /** The person says no. */
    isCancelled: boolean;
    /** Answers the token endpoint in this way in place of the provider. */
    token: RequestListener | null;
    /** The token endpoint thinks for so long. */
    delayMs: number;
    /** Changes what the token endpoint answers. */
    changeTokens: ((answer: Record<string, unknown>) => Record<string, unknown>) | null;
  };
  /** Every token is called back, as when the card's session ends. */
  revokeAll(): void;
  /** A browser that follows the provider's redirects to their end; `change` alters the last address. */
  browse(address: URL, change?: (callback: URL) => void): Promise<boolean>;
  close(): Promise<void>;
}

const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

/** Codes live for two minutes, where a test does not say else, and tokens for ten, by the clock of the machine. */
export async function openProvider(redirectPort: number, codeSeconds = 120): Promise<OpenIdProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const faults: OpenIdProvider['faults'] = {
    ...{ isCancelled: false, token: null, delayMs: 0, changeTokens: null },
  };
  const stored = new Map<string, Record<string, unknown>>();

  const provider = new Provider(issuer, {
    adapter: class {
      readonly #kind: string;
      constructor(kind: string) {
        this.#kind = kind;
      }
      #key = (id: string) => `${this.#kind} ${id}`;
      upsert = async (id: string, payload: Record<string, unknown>) =>
        void stored.set(this.#key(id), payload);
      find = async (id: string) => stored.get(this.#key(id));
      findByUid = async (uid: string) => [...stored.values()].find((payload) => payload['uid'] === uid);
      findByUserCode = async () => undefined;
      consume = async (id: string) => {
        const payload = stored.get(this.#key(id));
        if (payload) payload['consumed'] = true;
      };
      destroy = async (id: string) => void stored.delete(this.#key(id));
      revokeByGrantId = async (grantId: string) => {
        for (const [key, payload] of stored) if (payload['grantId'] === grantId) stored.delete(key);
      };
    },
    clients: [
      {
        client_id: 'booking-desk',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [`http://127.0.0.1:${redirectPort}/signed-in`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...signingKey, kid: 'one', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['of no use outside this test'] },
    claims: { openid: ['sub', 'nhsid_useruid', 'name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    pkce: { required: () => true },
    ttl: { AuthorizationCode: codeSeconds, AccessToken: 600, RefreshToken: 43_199 },
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, nhsid_useruid: USER_ID, name: USER_NAME }),
    }),
  });

  provider.use(async (context, next) => {
    await next();
    const { changeTokens } = faults;
    if (context.path === '/token' && changeTokens !== null && context.status === 200)
      context.body = changeTokens(context.body as Record<string, unknown>);
  });

  const callback = provider.callback();
  server.on('request', async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (pathname.startsWith('/interaction/')) {
      if (faults.isCancelled) {
        const result = { error: 'access_denied' };
        return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      }
      const grant = new provider.Grant({ accountId: USER_ID, clientId: 'booking-desk' });
      grant.addOIDCScope('openid');
      const result = { login: { accountId: USER_ID }, consent: { grantId: await grant.save() } };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    if (pathname === '/token' && faults.token !== null) return faults.token(request, response);
    if (pathname === '/token') await wait(faults.delayMs);
    return callback(request, response);
  });
  return {
    place: {
      issuer,
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      userinfoEndpoint: `${issuer}/me`,
      revocationEndpoint: `${issuer}/token/revocation`,
      jwksUri: `${issuer}/jwks`,
      clientId: 'booking-desk',
      clientSecret: null,
      scope: 'openid',
      acrValues: 'AAL3_ANY',
      redirectPorts: [redirectPort],
    },
    faults,
    revokeAll: () => stored.clear(),
    browse: (address, change = () => {}) => browse(address, issuer, change),
    close: () => closeServer(server),
  };
}

async function browse(first: URL, issuer: string, change: (callback: URL) => void): Promise<boolean> {
  const cookies = new Map<string, string>();
  let address = first;
  for (let hop = 0; hop < 10 && address.origin === issuer; hop += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const next = reply.headers.get('location');
    if (next === null) throw new Error(`the provider showed a page: ${reply.status} ${await reply.text()}`);
    address = new URL(next, address);
  }
  change(address);
  await fetch(address);
  return true;
}

const closeServer = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
