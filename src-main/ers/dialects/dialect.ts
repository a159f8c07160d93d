/** What a dialect adds to an operation's request, and how it reads the signs of a dead session. */
import type { ErsIdentity } from '../client.ts';
import type { DialectName, Operation, OperationRequest } from '../operation.ts';

/** Headers to send, or why the call cannot be made at all. */
export type Framed =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly ok: false;
      readonly reason: 'not-signed-in' | 'no-role-chosen' | 'no-clinician-chosen' | 'wrong-dialect';
    };

export type FramedOperation = Pick<Operation<never, unknown>, 'id' | 'roles' | 'replyType'>;

export interface Dialect {
  readonly name: DialectName;
  /** Session, role, correlation and media type headers of a call. */
  frame(
    operation: FramedOperation,
    request: OperationRequest,
    identity: ErsIdentity | null,
    correlationId: string,
  ): Framed;
  /** True when a refusal says that the session or the token is no longer good. */
  isUnauthorised(
    operation: FramedOperation,
    status: number,
    codes: readonly string[],
    isHtml: boolean,
  ): boolean;
  /** A path of the service whose refusal of a caller without credentials is documented, to see whether it answers. */
  readonly probePath: string;
  /** The response header with the service's own transaction id, in lower case. */
  readonly transactionHeader: string;
}

/** Media types of a call; the body's type only when there is a body, a file's own when it is a file. */
export function mediaHeaders(
  request: OperationRequest,
  accept: string,
  contentType: string,
): Record<string, string> {
  if (request.file !== undefined) return { Accept: accept, 'Content-Type': request.file.mediaType };
  return { Accept: accept, ...(request.body === undefined ? {} : { 'Content-Type': contentType }) };
}
