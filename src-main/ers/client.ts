/** The e-RS client as features see it: one call, whatever the dialect. */
import type { ErsOutcome } from './outcome.ts';
import type { DialectName, Operation } from './operation.ts';
import type { BusinessFunction } from './roles.ts';

/** Who calls: set by the session feature, never by a caller of an operation. */
export type ErsIdentity =
  | {
      readonly dialect: 'api-platform';
      readonly bearer: string;
      readonly organisation: string;
      readonly businessFunction: BusinessFunction | null;
      readonly onBehalfOf: string | null;
    }
  | { readonly dialect: 'spine-session'; readonly asid: string; readonly sessionKey: string | null };

export interface CallOptions {
  /** Chosen by the caller when it must be durable before sending; else made here. */
  readonly correlationId?: string;
  /** Order of service at the gate: the clerk's keys first (screens.md section 9). */
  readonly urgency?: 'clerk' | 'read-back' | 'drain' | 'refresh';
}

export interface ErsClient {
  readonly dialect: DialectName;
  /** Answers with the operation's outcome; never throws for what network or service may do. */
  call<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    options?: CallOptions,
  ): Promise<ErsOutcome<Output>>;
}
