/** Signs in to the training service: a bearer token on the platform, an SSO ticket in the spine dialect. */
import type { Credential, Network, SessionProvider, WireReply } from '../../app/ports.ts';
import { parseSdsUserId } from '../../contract/identifiers.ts';
import { fail, ok, type Outcome } from '../../contract/outcome.ts';

export interface TrainingSignIn {
  readonly network: Network;
  /** Any address of the service: its origin is what counts. */
  readonly baseUrl: string;
  readonly dialect: 'api-platform' | 'spine-session';
  /** Signs in as another member of the training staff. */
  readonly userId?: string;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 10_000;

function readJson(reply: WireReply): Record<string, unknown> | null {
  if (reply.kind !== 'reply' || reply.status !== 200) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(reply.body));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function readCredential(json: Record<string, unknown>): Credential | null {
  const { ticket, token, userName, expiresAtMs } = json;
  if (typeof ticket === 'string') return { kind: 'sso-ticket', ticket };
  const userId = parseSdsUserId(json.userId);
  if (
    typeof token !== 'string' ||
    typeof userName !== 'string' ||
    typeof expiresAtMs !== 'number' ||
    !userId
  ) {
    return null;
  }
  return { kind: 'bearer', token, userName, expiresAtMs, userId };
}

/** Problems: `unavailable` when the training service gives no credential. */
export function createTrainingSessionProvider(signIn: TrainingSignIn): SessionProvider {
  const { network, dialect, userId } = signIn;
  const baseUrl = new URL(signIn.baseUrl).origin;
  let held: string | null = null;
  const post = (path: string, body: Record<string, string>): Promise<WireReply> =>
    network.send({
      baseUrl,
      method: 'POST',
      path,
      query: [],
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      kind: 'write',
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });

  /** A token only: a ticket lives as long as its card. */
  async function renew(): Promise<Outcome<Credential>> {
    if (held === null) return fail('not-signed-in', 'training-session-over');
    const reply = await post('/training/token', { renews: held });
    const json = readJson(reply);
    const credential = json && readCredential(json);
    const isRefused = reply.kind === 'reply' && reply.status === 401;
    if (isRefused) return fail('not-signed-in', 'training-session-over');
    if (credential?.kind !== 'bearer') return fail('unavailable', 'training-sign-in-failed');
    held = credential.token;
    return ok(credential);
  }

  return {
    ...(dialect === 'api-platform' ? { renew } : {}),
    async obtain(): Promise<Outcome<Credential>> {
      const path = dialect === 'api-platform' ? '/training/token' : '/training/sso-ticket';
      const json = readJson(await post(path, userId === undefined ? {} : { userId }));
      const credential = json && readCredential(json);
      if (!credential) return fail('unavailable', 'training-sign-in-failed');
      held = credential.kind === 'bearer' ? credential.token : credential.ticket;
      return ok(credential);
    },
    async release() {
      if (held === null) return;
      const credential = held;
      held = null;
      await post('/training/sign-out', { credential });
    },
  };
}
