/** Writes requests of the Internet Printing Protocol (RFC 8010 section 3). */
import { GROUPS, TAGS } from './ipp-codes.ts';

type TextTag = 'text' | 'name' | 'keyword' | 'uri' | 'charset' | 'naturalLanguage' | 'mimeMediaType';

/** One attribute to send; several values only where a list is meant. */
export type IppField =
  | { readonly name: string; readonly tag: TextTag; readonly values: readonly string[] }
  | { readonly name: string; readonly tag: 'integer' | 'enum'; readonly values: readonly number[] };

export interface IppRequest {
  readonly operation: number;
  readonly requestId: number;
  readonly fields: readonly IppField[];
  readonly jobFields?: readonly IppField[];
  readonly document?: Uint8Array;
}

const LONGEST_VALUE = 1023;

/** Cuts a text to so many bytes of UTF-8, never in the middle of a character. */
export function cutUtf8(text: string, most: number): string {
  let cut = text;
  while (Buffer.byteLength(cut) > most) cut = [...cut].slice(0, -1).join('');
  return cut;
}

function sized(bytes: Buffer): Buffer {
  const size = Buffer.alloc(2);
  size.writeUInt16BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

function encodeValue(value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.from(cutUtf8(value, LONGEST_VALUE));
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function encodeField({ name, tag, values }: IppField): Buffer {
  // A further value of the same attribute comes without its name.
  const parts = [...values].map((value, index) =>
    Buffer.concat([
      Buffer.from([TAGS[tag]]),
      sized(Buffer.from(index === 0 ? name : '')),
      sized(encodeValue(value)),
    ]),
  );
  return Buffer.concat(parts);
}

/** The bytes of a request; charset and language come first, as the protocol wants them (RFC 8011 section 4.1.4). */
export function encodeIppRequest(request: IppRequest): Buffer {
  const head = Buffer.alloc(8);
  // IPP/1.1: every printer of a later version takes it.
  head.writeUInt16BE(0x0101, 0);
  head.writeUInt16BE(request.operation, 2);
  head.writeInt32BE(request.requestId, 4);
  const first: readonly IppField[] = [
    { name: 'attributes-charset', tag: 'charset', values: ['utf-8'] },
    { name: 'attributes-natural-language', tag: 'naturalLanguage', values: ['en'] },
  ];
  const job = request.jobFields ?? [];
  return Buffer.concat([
    head,
    Buffer.from([GROUPS.operation]),
    ...[...first, ...request.fields].map(encodeField),
    ...(job.length > 0 ? [Buffer.from([GROUPS.job]), ...job.map(encodeField)] : []),
    Buffer.from([GROUPS.end]),
    request.document ?? Buffer.alloc(0),
  ]);
}
