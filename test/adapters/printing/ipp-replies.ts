/** Replies of a print service, written by hand and apart from the desk's own encoder. */

const short = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};

function valueBytes(value: string | number | boolean | Buffer): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0]);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** One attribute, or with an empty name one more value of the attribute before. */
export function field(tag: number, name: string, value: string | number | boolean | Buffer): Buffer {
  const bytes = valueBytes(value);
  return Buffer.concat([
    Buffer.from([tag]),
    short(name.length),
    Buffer.from(name),
    short(bytes.length),
    bytes,
  ]);
}

/** A whole reply; the id of the request that it answers is 1 unless told. */
export function ippReply(
  status: number,
  groups: readonly [number, readonly Buffer[]][],
  requestId = 1,
): Buffer {
  const id = Buffer.alloc(4);
  id.writeInt32BE(requestId);
  const body = groups.flatMap(([tag, fields]) => [Buffer.from([tag]), ...fields]);
  return Buffer.concat([Buffer.from([1, 1]), short(status), id, ...body, Buffer.from([3])]);
}

/** The attributes of a printer that is ready for letters. */
export const READY_PRINTER: readonly Buffer[] = [
  field(0x42, 'printer-name', 'Ward'),
  field(0x23, 'printer-state', 3),
  field(0x44, 'printer-state-reasons', 'none'),
  field(0x22, 'printer-is-accepting-jobs', true),
  field(0x49, 'document-format-supported', 'application/pdf'),
];
