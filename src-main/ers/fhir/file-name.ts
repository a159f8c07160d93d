/** The file name of a Content-Disposition, made harmless: a server's name never becomes a path (attack S23). */

const MAX_LENGTH = 120;
/** Path separators and characters that a file system keeps for itself. */
const RESERVED = /[/\\:*?"<>|]/g;
/** Control, format (bidirectional overrides, zero width), surrogate and private characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The last part of the name, quoted or not; '' when there is no usable one. */
export function readFileName(disposition: string): string {
  const [, quoted, bare] = /filename\s*=\s*(?:"([^"]*)"|([^;]*))/i.exec(disposition) ?? [];
  const lastPart = (quoted ?? bare ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = lastPart
    .replace(INVISIBLE, '')
    .replace(RESERVED, '')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return DEVICE_NAME.test(name) ? '' : name.slice(0, MAX_LENGTH);
}
