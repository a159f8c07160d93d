/** Small files of each type, and files that lie about theirs. All invented. */
import { deflateSync } from 'node:zlib';

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

export const PDF = bytesOf('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Uint8Array) =>
  (bytes.reduce((sum, byte) => (crcTable[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8), 0xffffffff) ^
    0xffffffff) >>>
  0;

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey PNG that a browser decodes; `data` in place of its pixels makes one whose header lies. */
export function makePng(width: number, height: number, data?: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = data ?? deflateSync(Buffer.alloc((width + 1) * height, 0x99));
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', new Uint8Array(0))]),
  );
}

const twoBytes = (value: number, isLittle: boolean) =>
  isLittle ? [value & 0xff, value >> 8] : [value >> 8, value & 0xff];

/** The head of a JPEG: a JFIF segment, filler, then the frame header. */
export function makeJpegHead(width: number, height: number, frameMarker = 0xc0): Uint8Array {
  const jfif = [0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0];
  const tables = [0xff, 0xc4, 0, 4, 0, 0, 0xff, 0xff];
  const frame = [frameMarker, 0, 11, 8, ...twoBytes(height, false), ...twoBytes(width, false), 1, 1, 0x11, 0];
  return Uint8Array.from([0xff, 0xd8, ...jfif, ...tables, ...frame, 0xff, 0xd9]);
}

/** A GIF whose first frame may be larger than its screen. */
export function makeGif(screen: readonly [number, number], frame: readonly [number, number]): Uint8Array {
  const [width, height] = screen.map((side) => twoBytes(side, true));
  const size = frame.map((side) => twoBytes(side, true)).flat();
  const comment = [0x21, 0xfe, 3, 0x2c, 0x2c, 0x2c, 0];
  return Uint8Array.from([
    ...Buffer.from('GIF89a'),
    ...(width ?? []),
    ...(height ?? []),
    ...[0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    ...comment,
    ...[0x2c, 0, 0, 0, 0, ...size, 0],
    ...[2, 2, 0x44, 1, 0, 0x3b],
  ]);
}

export const HTML = bytesOf('<!DOCTYPE html><html><script>alert(1)</script></html>');
export const RTF = bytesOf('{\\rtf1\\ansi Dear colleague}');
export const PROGRAM = bytesOf('MZ\x90\x00\x03\x00\x00\x00');
export const DOCX = bytesOf('PK\x03\x04....[Content_Types].xml....word/document.xml....');
