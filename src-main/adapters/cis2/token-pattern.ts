/**
 * How a sign-in becomes a token of the API platform (devices.md section 2). The combined pattern does it in one step;
 * the separate one, which exchanges CIS2's own token, is to be another implementation of this.
 */
import type { SdsUserId } from '../../contract/identifiers.ts';
import type { Outcome } from '../../contract/outcome.ts';

export interface SignInChecks {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string | null;
  /** Null when the provider does not say. */
  readonly refreshExpiresInSeconds: number | null;
}

export interface SignedIn {
  readonly tokens: Tokens;
  readonly userId: SdsUserId;
  readonly userName: string;
}

export interface TokenPattern {
  /** The address for the system's browser. */
  authorizationUrl(checks: SignInChecks, redirectUri: string): Promise<URL>;
  /** From the address that the browser came back to. Problems: see `sign-in-problem.ts`. */
  redeem(callback: URL, checks: SignInChecks): Promise<Outcome<SignedIn>>;
  renew(refreshToken: string): Promise<Outcome<Tokens>>;
  /** Whether the service answers, asked without any credential; problems as those of a sign-in. */
  reach(): Promise<Outcome<void>>;
  /** Tells the provider that a token is not needed any more, where it takes that. */
  revoke(token: string): Promise<void>;
}
