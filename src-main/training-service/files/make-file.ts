/** What the files of the training world hold: a page, a picture, a text or a document, of the size that is told. */
import { crc32, deflateSync } from 'node:zlib';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const MARK = 'TRAINING: invented patient, not a real document';

/** The bytes of a file of that type; text, PDF and unknown types are as long as `size` says, when it is long enough. */
export function makeFile(contentType: string, title: string, size: number): Uint8Array {
  switch (contentType) {
    case 'application/pdf':
      return makePdf(title, size);
    case 'image/png':
      return makePng();
    case DOCX_TYPE:
      return makeDocx(title);
    case 'text/plain':
      return makeText(title, size);
    default: {
      const bytes = new Uint8Array(size);
      bytes.set(encode('II*\0').subarray(0, size));
      return bytes;
    }
  }
}

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function makeText(title: string, size: number): Uint8Array {
  const line = `${MARK}. ${title}: the patient has been well since the last visit.\r\n`;
  return encode(line.repeat(Math.ceil(size / line.length)).slice(0, size));
}

/** One page of words; a comment fills it up to its size. */
function makePdf(title: string, size: number): Uint8Array {
  const least = writePdf(title, 0).length;
  // The offset at the end has more digits in a longer file.
  const first = writePdf(title, Math.max(0, size - least));
  const pad = Math.max(0, size - least - (first.length - Math.max(least, size)));
  return encode(writePdf(title, pad));
}

function writePdf(title: string, pad: number): string {
  const plain = title.replace(/[^ -~]|[()\\]/g, '?');
  const words = `BT /F1 16 Tf 60 760 Td (${plain}) Tj 0 -30 Td /F1 11 Tf (${MARK}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${words.length} >>\nstream\n${words}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = `%PDF-1.4\n%${'.'.repeat(pad)}\n`;
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return `${text}xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}

const WIDTH = 320;
const HEIGHT = 160;

/** A trace as of a heart, in grey. */
function makePng(): Uint8Array {
  const rows = new Uint8Array((WIDTH + 1) * HEIGHT).fill(0xff);
  for (let y = 0; y < HEIGHT; y++) rows[y * (WIDTH + 1)] = 0;
  for (let x = 0; x < WIDTH; x++) {
    const beat = x % 80;
    const height = beat === 40 ? 60 : beat === 41 ? -30 : Math.round(6 * Math.sin(beat / 8));
    for (let thick = 0; thick < 3; thick++) rows[(80 - height + thick) * (WIDTH + 1) + x + 1] = 0x20;
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, WIDTH);
  header.setUint32(4, HEIGHT);
  header.setUint8(8, 8);
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', new Uint8Array(header.buffer)),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = join([encode(type), data]);
  return join([uint32(data.length, false), body, uint32(crc32(body), false)]);
}

const DOCX_PARTS = (title: string): readonly (readonly [string, string])[] => [
  [
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ' +
      `ContentType="${DOCX_TYPE}.main+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ' +
      'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" ' +
      'Target="word/document.xml"/></Relationships>',
  ],
  [
    'word/document.xml',
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>' +
      `<w:t>${MARK}. ${title.replace(/[<>&]/g, '')}</w:t></w:r></w:p></w:body></w:document>`,
  ],
];

/** A zip of stored parts. */
function makeDocx(title: string): Uint8Array {
  let offset = 0;
  const entries = DOCX_PARTS(title).map(([name, text]) => {
    const [path, data] = [encode(name), encode(text)];
    const sizes = [uint32(crc32(data)), uint32(data.length), uint32(data.length)];
    const facts = join([uint16(20, 0, 0, 0, 0x21), ...sizes, uint16(path.length, 0)]);
    const local = join([uint32(0x04034b50), facts, path, data]);
    const central = join([
      ...[uint32(0x02014b50), uint16(20), facts],
      ...[uint16(0, 0, 0), uint32(0), uint32(offset), path],
    ]);
    offset += local.length;
    return { local, central };
  });
  const directory = join(entries.map(({ central }) => central));
  const end = [uint32(0x06054b50), uint16(0, 0, entries.length, entries.length)];
  return join([
    ...entries.map(({ local }) => local),
    ...[directory, ...end, uint32(directory.length), uint32(offset), uint16(0)],
  ]);
}

function uint16(...values: readonly number[]): Uint8Array {
  return join(values.map((value) => Uint8Array.of(value & 0xff, value >> 8)));
}

function uint32(value: number, isLittle = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, isLittle);
  return new Uint8Array(view.buffer);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
