import { execFile } from 'node:child_process';
import { fail, ok, type Outcome, type ProblemKind } from '../../contract/outcome.ts';

export interface TicketHelperPlace {
  /** The helper program, by its full path: nothing is looked for. */
  readonly program: string;
  /** The agent's library, by its full path, or by its name where the system finds it. */
  readonly library: string;
}

export interface TicketHelper {
  /** The ticket of the smartcard session; the agent may ask the person for card and PIN. */
  get(): Promise<Outcome<string>>;
  /** The ticket of a session that is there; `not-signed-in` with `no-ticket` when there is none. */
  getQuietly(): Promise<Outcome<string>>;
}

/** A person looks for the card and types a PIN; the agent itself gives up sooner. */
const PERSON_MS = 180_000;
const QUIET_MS = 15_000;
const MOST_BYTES = 512 * 1024;

/** What the agent's codes mean at the desk (devices.md section 2). */
const MEANINGS: Readonly<Record<string, readonly [ProblemKind, string]>> = {
  '80100006': ['unavailable', 'identity-agent-busy'],
  '80100007': ['unavailable', 'identity-agent-no-server'],
  '80100009': ['not-signed-in', 'no-ticket'],
  '80200001': ['rejected', 'card-not-supported'],
  '80200002': ['rejected', 'card-reader-missing'],
  '80200004': ['rejected', 'card-pin-blocked'],
  '80400001': ['rejected', 'sign-in-cancelled'],
  '80400002': ['rejected', 'sign-in-failed'],
  '80400005': ['unavailable', 'identity-agent-no-server'],
  '80800002': ['unavailable', 'identity-agent-missing'],
  '80800003': ['unavailable', 'identity-agent-no-server'],
  'library-missing': ['unavailable', 'identity-agent-missing'],
};

/**
 * The 32-bit program that talks to the Identity Agent: run once for each question, with a time limit, without a shell.
 * The ticket comes over a pipe and stays in memory.
 */
export function createTicketHelper({ program, library }: TicketHelperPlace): TicketHelper {
  const run = (deed: string, timeout: number): Promise<Outcome<string>> =>
    new Promise((resolve) => {
      const options = { timeout, maxBuffer: MOST_BYTES, windowsHide: true, killSignal: 'SIGKILL' } as const;
      execFile(program, [deed, library], options, (error, stdout) =>
        resolve(error === null ? readAnswer(stdout) : failureOf(error)),
      );
    });
  return {
    get: () => run('get', PERSON_MS),
    getQuietly: () => run('get-no-prompt', QUIET_MS),
  };
}

function failureOf({ code, killed }: { code?: unknown; killed?: boolean }): Outcome<never> {
  if (killed === true) return fail('unavailable', 'identity-agent-silent');
  return fail('unavailable', code === 'ENOENT' ? 'ticket-helper-missing' : 'ticket-helper-failed');
}

/** The one line of the helper; anything else is a helper that is not ours. */
function readAnswer(text: string): Outcome<string> {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return fail('bad-reply', 'ticket-helper-not-understood');
  }
  if (typeof answer !== 'object' || answer === null) return fail('bad-reply', 'ticket-helper-not-understood');
  const { ok: isOk, ticket, code } = answer as Record<string, unknown>;
  if (isOk === true && typeof ticket === 'string') return ok(ticket);
  if (isOk !== false || typeof code !== 'string') return fail('bad-reply', 'ticket-helper-not-understood');
  const [kind, meaning] = MEANINGS[code] ?? ['unavailable', 'identity-agent-refused'];
  return fail(kind, meaning, MEANINGS[code] === undefined ? { agentCode: code.slice(0, 20) } : {});
}
