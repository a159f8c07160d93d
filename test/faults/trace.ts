/** Reads what the shim wrote down; the layout is that of `struct record` in io-shim.c. */
import { readFileSync } from 'node:fs';

export type TraceEvent =
  | { readonly kind: 'open'; readonly fd: number; readonly path: string; readonly isEmptied: boolean }
  | { readonly kind: 'write'; readonly fd: number; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly fd: number; readonly length: number }
  | { readonly kind: 'sync'; readonly fd: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink' | 'mkdir'; readonly path: string }
  /** What the process wrote to its standard output at this point. */
  | { readonly kind: 'mark'; readonly text: string };

const HEAD_BYTES = 20;
const IS_EMPTIED = 2;

interface Head {
  readonly code: number;
  readonly flags: number;
  readonly fd: number;
  readonly offset: number;
}

function toEvent({ code, flags, fd, offset }: Head, path: string, data: Buffer): TraceEvent {
  switch (code) {
    case 1:
      return { kind: 'open', fd, path, isEmptied: (flags & IS_EMPTIED) !== 0 };
    case 2:
      return { kind: 'write', fd, offset, data };
    case 3:
      return { kind: 'truncate', fd, length: offset };
    case 4:
      return { kind: 'sync', fd };
    case 5:
      return { kind: 'rename', from: path, to: data.toString() };
    case 6:
      return { kind: 'unlink', path };
    case 7:
      return { kind: 'mkdir', path };
    case 8:
      return { kind: 'mark', text: data.toString() };
    default:
      throw new Error(`an event of the unknown kind ${code} in the trace`);
  }
}

/** The events of a trace in their order. */
export function readTrace(path: string): TraceEvent[] {
  const bytes = readFileSync(path);
  const events: TraceEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const head = {
      code: bytes.readUInt8(at),
      flags: bytes.readUInt8(at + 1),
      fd: bytes.readInt32LE(at + 4),
      offset: Number(bytes.readBigInt64LE(at + 8)),
    };
    const pathEnd = at + HEAD_BYTES + bytes.readUInt16LE(at + 2);
    const dataEnd = pathEnd + bytes.readUInt32LE(at + 16);
    const text = bytes.toString('utf8', at + HEAD_BYTES, pathEnd);
    events.push(toEvent(head, text, bytes.subarray(pathEnd, dataEnd)));
    at = dataEnd;
  }
  return events;
}
