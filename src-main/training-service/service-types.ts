/** The words that the router, the checks and the operations of the training service share. */
import type { Clock } from '../app/ports.ts';
import type { Credentials } from './sessions/credentials.ts';
import type { SpineSessions } from './sessions/spine-sessions.ts';
import type { FileStore } from './files/file-store.ts';
import type { LetterFault } from './letters/letter-faults.ts';
import type { LetterMaker } from './letters/make-letter.ts';
import type { PasBehaviour } from './world/model.ts';
import type { World } from './world/create-world.ts';

export type DialectName = 'api-platform' | 'spine-session';
/** The doors of the service: the two dialects, the Personal Demographics Service, and the training sign-in. */
export type Surface = DialectName | 'pds' | 'training';
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Who calls, and as what. For operations that need no role the last three are empty. */
export interface Caller {
  readonly userId: string;
  readonly businessFunction: string;
  readonly organisation: string;
  readonly onBehalfOf: string | null;
}

/** Everything that lasts longer than a call. */
export interface Desk {
  readonly world: World;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly sessions: SpineSessions;
  readonly letters: LetterMaker;
  readonly files: FileStore;
  readonly pasDelayMs: number;
}

/** One request, after routing, authorisation and media type have passed. */
export interface Call {
  readonly surface: Surface;
  /** The address under which the surface was called, e.g. `https://host/referrals/FHIR`. */
  readonly base: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown;
  /** The body as it came, of an operation that takes a file. */
  readonly bytes: Uint8Array;
  readonly caller: Caller;
  /** How the PAS is to answer this call, when a fault says so. */
  readonly pas: PasBehaviour | null;
  /** How its letter is to be wrong, when a fault says so. */
  readonly letterFault: LetterFault | null;
  readonly desk: Desk;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: JsonObject;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  /** Where it is not the operation's own. */
  readonly contentType?: string;
  /** True for what the gateway itself says: no transaction id. */
  readonly isFromGateway?: boolean;
}

/** A refusal by its code; the framing decides whether and how a body carries it (contract.md section 4.4). */
export interface Refusal {
  readonly isRefusal: true;
  readonly status: number;
  /** The e-RS or R4 code; empty when no body is ever sent. */
  readonly code: string;
  readonly diagnostics: string;
  /** True for what the gateway itself says: no transaction id. */
  readonly isFromGateway: boolean;
  /** A body in place of an OperationOutcome: plain text of 406 and 415 on STU3, a fault of the gateway. */
  readonly raw: { readonly type: string; readonly text: string } | null;
}

export type Answer = Reply | Refusal;

/** Roles that may call, or `signed-in` for any role or none, or `open` for no credential at all. */
export type Permission = readonly string[] | 'signed-in' | 'open';

export interface Route {
  readonly surface: Surface;
  readonly method: Method;
  /** Relative to the surface's base; `:name` takes one segment. */
  readonly path: string;
  readonly permission: Permission;
}

export interface Operation {
  /** Catalogue id, e.g. `A016`, `PDS`, or a name of the training sign-in. */
  readonly id: string;
  /** Which error dialect its refusals speak. */
  readonly fhir: 'stu3' | 'r4';
  readonly produces: 'fhir+json' | 'json+fhir' | 'json' | 'pdf' | 'file' | 'nothing';
  /** The media type of a request body; null when there is none; `file`: the operation looks at the type itself. */
  readonly consumes: 'application/fhir+json' | 'application/json+fhir' | 'application/json' | 'file' | null;
  readonly routes: readonly Route[];
  /** True for a write that `If-Match` pins to a version: without it the call ends at 412. */
  readonly isPinned?: boolean;
  /** True for the call that lists whom an admin may act for: nobody is chosen yet. */
  readonly isBeforeOnBehalfOf?: boolean;
  answer(call: Call): Answer | Promise<Answer>;
}

/** A refusal with an e-RS code. */
export function refuse(status: number, code: string, diagnostics = ''): Refusal {
  return { isRefusal: true, status, code, diagnostics, isFromGateway: false, raw: null };
}

export const isRefusal = (answer: Answer): answer is Refusal => 'isRefusal' in answer;

export const isSpine = (call: Call): boolean => call.surface === 'spine-session';
