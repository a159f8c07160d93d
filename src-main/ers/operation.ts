/**
 * The shape of an operation of the catalogue: what it sends in each dialect, and how its reply is read.
 * The dialect frames (base path, session and role headers); the operation states the rest.
 */
import type { BusinessFunction } from './roles.ts';
import type { UnreadableReason } from './outcome.ts';
import type { RefusalAction } from './refusals.ts';

export type DialectName = 'api-platform' | 'spine-session';

/** The part of a request that belongs to the operation. `path` is relative to the dialect's base, `$` unescaped. */
export interface OperationRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  /** Headers of this operation only, e.g. `If-Match` or the commissioning organisation. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value to send, or nothing. */
  readonly body?: unknown;
  /** A file to send as it is, in place of `body`. */
  readonly file?: RawFile;
}

/** A body that is no JSON: the bytes of a file and their media type. */
export interface RawFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** A published request as the conformance run and the training service meet it. */
export interface PublishedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** A JSON value, or the bytes of a file. */
  readonly body: unknown;
}

/** A reply with a success status, body parsed by its promised type. */
export interface SuccessReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
  readonly bytes: Uint8Array;
}

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: UnreadableReason };

/** How one dialect speaks an operation. */
export interface Framing<Input> {
  build(input: Input): OperationRequest;
  /** The business values of a request, the reverse of `build`; null when it is not one of ours. */
  readRequest(request: PublishedRequest): Input | null;
  readonly successStatus: readonly number[];
  /** False for an input that this dialect cannot express, e.g. triage by A016 in 2021. Absent: it can all. */
  supports?(input: Input): boolean;
}

export interface Operation<Input, Output> {
  /** Catalogue id, e.g. `A016`, or `PDS`. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Roles that may call it (contract.md section 3); `any` for session calls. */
  readonly roles: readonly BusinessFunction[] | 'any';
  readonly replyType: 'fhir+json' | 'json' | 'pdf' | 'file' | 'none';
  readonly timeoutMs: number;
  /** A dialect that is absent does not have this operation. */
  readonly dialects: { readonly [D in DialectName]?: Framing<Input> };
  /** `pds`: goes to the Personal Demographics Service instead of e-RS. Absent: e-RS. */
  readonly service?: 'ers' | 'pds';
  /** Refusal codes that this operation may get, and what each asks of the client (contract.md sections 6, 13). */
  readonly refusals?: Readonly<Record<string, RefusalAction>>;
  read(reply: SuccessReply, dialect: DialectName): Read<Output>;
  /** True when a reply speaks of what was asked for: the right UBRN, slot, patient (safety.md, step 4). */
  echoes?(output: Output, input: Input): boolean;
}
