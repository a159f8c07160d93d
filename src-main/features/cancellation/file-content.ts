/** What the first bytes of a file say it is, against what its name says (attack S22). */

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0) =>
  magic.every((byte, i) => bytes[at + i] === byte);

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const starts =
  (...magics: readonly (readonly number[])[]) =>
  (bytes: Uint8Array) =>
    magics.some((magic) => startsWith(bytes, magic));

/** Readers of PDF look for its mark in the first kilobyte. */
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');

/** An MPEG audio frame begins with eleven bits that are set; most files carry an ID3 tag before it. */
const isMp3 = (bytes: Uint8Array) =>
  startsWith(bytes, ascii('ID3')) || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0);

const UTF_16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Text of any coding but UTF-16 has no zero bytes. */
function isText(bytes: Uint8Array): boolean {
  return starts(...UTF_16_MARKS)(bytes) || !bytes.includes(0);
}

/** Text whose first sign is an angle bracket. */
function isMarkup(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return isText(bytes) && /^(?:ï»¿|ÿþ|þÿ)?[\s\0]*</.test(head);
}

const CHECKS: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  pdf: isPdf,
  png: starts([0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]),
  gif: starts(ascii('GIF87a'), ascii('GIF89a')),
  jpg: starts([0xff, 0xd8, 0xff]),
  tif: starts([...ascii('II'), 0x2a, 0], [...ascii('MM'), 0, 0x2a]),
  doc: starts([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  docx: starts([...ascii('PK'), 3, 4]),
  rtf: starts(ascii('{\\rtf')),
  au: starts(ascii('.snd')),
  mpg: starts([0, 0, 1, 0xba], [0, 0, 1, 0xb3]),
  mp3: isMp3,
  dcm: (bytes) => startsWith(bytes, ascii('DICM'), 128),
  xml: isMarkup,
  htm: isMarkup,
  txt: isText,
};

/** True when the bytes are what the extension (lower case) says, as far as that can be known. */
export function isContentOf(extension: string, bytes: Uint8Array): boolean {
  return Object.hasOwn(CHECKS, extension) ? (CHECKS[extension]?.(bytes) ?? false) : false;
}
