import * as oidc from 'openid-client';
import { parseSdsUserId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';
import { signInProblem } from './sign-in-problem.ts';
import type { SignInChecks, TokenPattern, Tokens } from './token-pattern.ts';

/** Where CIS2 and the API platform are, and as whom this product is registered there. */
export interface Cis2Place {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userinfoEndpoint: string;
  readonly revocationEndpoint: string | null;
  /** The keys of the id token; null where the place gives none (the combined pattern need not). */
  readonly jwksUri: string | null;
  readonly clientId: string;
  /** A public client has none; never part of the product (devices.md section 2). */
  readonly clientSecret: string | null;
  readonly scope: string;
  /** How strong the sign-in must be, e.g. `AAL3_ANY`. */
  readonly acrValues: string;
  /** The ports of the registered redirect addresses on 127.0.0.1. */
  readonly redirectPorts: readonly number[];
}

const TIMEOUT_SECONDS = 15;

export interface Cis2Line {
  /** How calls leave this machine; Node's own way when it says nothing. */
  readonly fetch?: oidc.CustomFetch;
  /** How long one call may take. */
  readonly timeoutSeconds?: number;
}

function configure(place: Cis2Place, { fetch, timeoutSeconds }: Cis2Line): oidc.Configuration {
  const { clientSecret } = place;
  const config = new oidc.Configuration(
    {
      issuer: place.issuer,
      authorization_endpoint: place.authorizationEndpoint,
      token_endpoint: place.tokenEndpoint,
      userinfo_endpoint: place.userinfoEndpoint,
      ...(place.revocationEndpoint === null ? {} : { revocation_endpoint: place.revocationEndpoint }),
      ...(place.jwksUri === null ? {} : { jwks_uri: place.jwksUri }),
    },
    place.clientId,
    undefined,
    clientSecret === null ? oidc.None() : oidc.ClientSecretPost(clientSecret),
  );
  config.timeout = timeoutSeconds ?? TIMEOUT_SECONDS;
  if (fetch !== undefined) config[oidc.customFetch] = fetch;
  if (place.jwksUri !== null) oidc.enableNonRepudiationChecks(config);
  // Only a provider of this very machine may be asked in clear; every other is https or nothing.
  if (new URL(place.issuer).hostname === '127.0.0.1') oidc.allowInsecureRequests(config);
  return config;
}

/**
 * Authorization code with PKCE at the API platform, which signs the person in through CIS2 in the same go. State and
 * verifier are always checked, the nonce wherever an id token comes.
 */
export function createCombinedPattern(place: Cis2Place, line: Cis2Line = {}): TokenPattern {
  const config = configure(place, line);
  const hasIdToken = place.jwksUri !== null;

  return {
    async authorizationUrl({ verifier, state, nonce }, redirectUri) {
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: place.scope,
        acr_values: place.acrValues,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
    },
    async redeem(callback, checks) {
      try {
        const granted = await oidc.authorizationCodeGrant(config, callback, checksOf(checks, hasIdToken));
        const subject = granted.claims()?.sub ?? oidc.skipSubjectCheck;
        const who = await oidc.fetchUserInfo(config, granted.access_token, subject);
        const userId = parseSdsUserId(who['nhsid_useruid'] ?? who.sub);
        if (userId === null) return fail('bad-reply', 'sign-in-without-user');
        const tokens = readTokens(granted);
        if (!tokens.ok) return tokens;
        return ok({ tokens: tokens.value, userId, userName: (who.name ?? '').slice(0, 120) });
      } catch (error) {
        return signInProblem(error);
      }
    },
    async renew(refreshToken) {
      try {
        return readTokens(await oidc.refreshTokenGrant(config, refreshToken));
      } catch (error) {
        return signInProblem(error);
      }
    },
    async reach() {
      try {
        const reply = await (line.fetch ?? fetchPlainly)(place.userinfoEndpoint, {
          ...{ method: 'GET', headers: { accept: 'application/json' }, body: null, redirect: 'manual' },
          signal: AbortSignal.timeout((line.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000),
        });
        // Nobody is asked for without a token: a refusal is the answer of the right service, and a page is not.
        const isRefused = [400, 401, 403].includes(reply.status);
        if (isRefused) return ok(undefined);
        return reply.status >= 500 || reply.status === 429
          ? fail('unavailable', 'sign-in-no-answer')
          : fail('bad-reply', 'sign-in-service-hidden');
      } catch {
        return fail('unavailable', 'sign-in-no-answer');
      }
    },
    async revoke(token) {
      if (place.revocationEndpoint === null) return;
      // A token that cannot be called back dies by itself soon; nobody can do anything about it here.
      await oidc.tokenRevocation(config, token).catch(() => {});
    },
  };
}

const fetchPlainly: oidc.CustomFetch = (url, options) => fetch(url, options as RequestInit);

function checksOf(
  { verifier, state, nonce }: SignInChecks,
  hasIdToken: boolean,
): oidc.AuthorizationCodeGrantChecks {
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  return hasIdToken ? { ...checks, expectedNonce: nonce, idTokenExpected: true } : checks;
}

/** The platform writes numbers as texts (devices.md section 2). */
function readTokens(granted: oidc.TokenEndpointResponse): Outcome<Tokens> {
  const seconds = (value: unknown) => {
    const number = Number(value);
    return value === undefined || !Number.isFinite(number) || number <= 0 ? null : number;
  };
  const expiresInSeconds = seconds(granted.expires_in);
  if (expiresInSeconds === null) return fail('bad-reply', 'sign-in-without-end');
  return ok({
    accessToken: granted.access_token,
    expiresInSeconds,
    refreshToken: granted.refresh_token ?? null,
    refreshExpiresInSeconds: seconds(granted['refresh_token_expires_in']),
  });
}
