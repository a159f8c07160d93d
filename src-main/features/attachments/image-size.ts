/**
 * Reads the size of a picture from its header, before anything decodes it: a few hundred bytes may announce a
 * picture that fills the memory (a decompression bomb).
 */

export interface ImageSize {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif';
  readonly width: number;
  readonly height: number;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const GIF = [0x47, 0x49, 0x46, 0x38];

/** The type and size of a PNG, JPEG or GIF; null when the bytes are none of them, or their header is not whole. */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  if (startsWith(bytes, PNG)) return readPng(bytes);
  if (startsWith(bytes, JPEG)) return readJpeg(bytes);
  return startsWith(bytes, GIF) ? readGif(bytes) : null;
}

const sized = (mediaType: ImageSize['mediaType'], width: number, height: number): ImageSize | null =>
  width > 0 && height > 0 ? { mediaType, width, height } : null;

/** The first chunk must be IHDR (PNG, section 5.6). */
function readPng(bytes: Uint8Array): ImageSize | null {
  const isHeader = bytes.length >= 33 && new TextDecoder('latin1').decode(bytes.subarray(12, 16)) === 'IHDR';
  if (!isHeader) return null;
  const view = viewOf(bytes);
  return sized('image/png', view.getUint32(16), view.getUint32(20));
}

/** Markers of a frame header: C0 to CF without DHT, JPG and DAC (ITU-T T.81, table B.1). */
const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isWithoutLength = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function readJpeg(bytes: Uint8Array): ImageSize | null {
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrameHeader(marker))
      return sized('image/jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    // The picture's data begins, and no frame said how large it is.
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += isWithoutLength(marker) ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The larger of screen and first frame: a decoder makes room for either (GIF89a, sections 18 and 20). */
function readGif(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 13) return null;
  const view = viewOf(bytes);
  const frame = firstFrame(bytes, 13 + colourTableBytes(bytes[10] ?? 0));
  if (frame === null || frame + 9 >= bytes.length) return null;
  const reach = (from: number, side: number) => view.getUint16(from, true) + view.getUint16(side, true);
  return sized(
    'image/gif',
    Math.max(view.getUint16(6, true), reach(frame + 1, frame + 5)),
    Math.max(view.getUint16(8, true), reach(frame + 3, frame + 7)),
  );
}

const colourTableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

/** Where the first frame's descriptor is, behind the extensions; null when there is none. */
function firstFrame(bytes: Uint8Array, start: number): number | null {
  let at = start;
  while (at < bytes.length) {
    if (bytes[at] === 0x2c) return at;
    if (bytes[at] !== 0x21) return null;
    at += 2;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return null;
}
