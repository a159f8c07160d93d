/** The tokens and SSO tickets of the training sign-in: random at each call, ending by the clock. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../app/ports.ts';

export type CredentialKind = 'bearer' | 'sso-ticket';

interface Issued {
  readonly kind: CredentialKind;
  readonly userId: string;
  readonly expiresAtMs: number;
}

export interface IssuedCredential {
  readonly secret: string;
  readonly expiresAtMs: number;
}

export interface Credentials {
  readonly lifetimeMs: number;
  issue(kind: CredentialKind, userId: string): IssuedCredential;
  /** The user of a live credential; `expired` for one that has ended, `unknown` for one never issued. */
  check(kind: CredentialKind, secret: string): { readonly userId: string } | 'expired' | 'unknown';
  /** Ends one credential, as sign-out or card removal does. */
  revoke(secret: string): void;
  /** Ends every credential: the next call meets an expiry. */
  revokeAll(): void;
}

/** Gives the issuer; credentials live for `lifetimeMs` of the clock. */
export function createCredentials(clock: Clock, lifetimeMs: number): Credentials {
  const issued = new Map<string, Issued>();
  const end = (secret: string, one: Issued): void =>
    void issued.set(secret, { ...one, expiresAtMs: -Infinity });
  return {
    lifetimeMs,
    issue(kind, userId) {
      const secret = `${kind === 'bearer' ? 'tr' : 'AQIC'}-${randomUUID()}${randomUUID()}`;
      const expiresAtMs = clock.nowMs() + lifetimeMs;
      issued.set(secret, { kind, userId, expiresAtMs });
      return { secret, expiresAtMs };
    },
    check(kind, secret) {
      const one = issued.get(secret);
      if (one?.kind !== kind) return 'unknown';
      return one.expiresAtMs > clock.nowMs() ? { userId: one.userId } : 'expired';
    },
    revoke(secret) {
      const one = issued.get(secret);
      if (one) end(secret, one);
    },
    revokeAll() {
      for (const [secret, one] of issued) end(secret, one);
    },
  };
}
