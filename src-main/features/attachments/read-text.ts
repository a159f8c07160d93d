/** Reads bytes as plain text, or finds that they are none: by the bytes alone, whatever the file calls itself. */

const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const UTF_16_LE_MARK = [0xff, 0xfe];
const UTF_16_BE_MARK = [0xfe, 0xff];

const startsWith = (bytes: Uint8Array, mark: readonly number[]) =>
  mark.every((byte, at) => bytes[at] === byte);

/** The text, with its lines ended by `\n`; null when it is empty or holds a control character, as binary files do. */
export function readText(bytes: Uint8Array): string | null {
  const text = decode(bytes)?.replace(/\r\n?|\f/g, '\n') ?? null;
  return text === null || text.trim() === '' || hasControls(text) ? null : text;
}

function decode(bytes: Uint8Array): string | null {
  if (startsWith(bytes, UTF_8_MARK)) return decodeStrictly('utf-8', bytes);
  if (startsWith(bytes, UTF_16_LE_MARK)) return decodeStrictly('utf-16le', bytes);
  if (startsWith(bytes, UTF_16_BE_MARK)) return decodeStrictly('utf-16be', bytes);
  return decodeStrictly('utf-8', bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

function decodeStrictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Not of this encoding: that is the answer, not a fault.
    return null;
  }
}

/** Controls but tab and line end; the C1 ones too, which windows-1252 leaves where it has no letter. */
const hasControls = (text: string) => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/.test(text);

/** True for text that a program would take for more than text: pages, XML with style sheets. */
export function isMarkup(text: string): boolean {
  return /^\s*<(?:!|\?|[a-z])/i.test(text) || /<(?:script|html|body|iframe|svg)\b/i.test(text);
}
