/** The sheet on top of a batch: how many letters, which, when, who. Initials and four digits, no more of a patient. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type PDFDocument from 'pdfkit';
import { formatStaffDateTime } from '../../../contract/london-time.ts';

export interface CoverSheet {
  readonly at: string;
  readonly userName: string;
  readonly printer: string;
  readonly letters: readonly { readonly initials: string; readonly ubrn: string }[];
  /** On every sheet outside live work. */
  readonly environment: string;
}

type Pdf = InstanceType<typeof PDFDocument>;

const MARGIN = 50;
const COLUMNS = 4;
const LINE = 16;
const TOP = 190;
const MOST_ON_A_SHEET = 160;

/** DejaVu covers the names of users: pdfkit drops a glyph that a font lacks without a word. */
function findFonts(): string {
  const manifest = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json');
  return join(dirname(manifest), 'ttf');
}

/** `12 AB …4321`: the place in the stack, the patient's initials, the last four digits of the UBRN. */
export function coverLines(letters: CoverSheet['letters']): string[] {
  return letters.map(({ initials, ubrn }, index) => `${index + 1}  ${initials || '–'}  …${ubrn.slice(-4)}`);
}

function write(pdf: Pdf, cover: CoverSheet): void {
  const line = (text: string, size: number, y: number, font = 'regular') =>
    pdf.font(font).fontSize(size).text(text, MARGIN, y, { lineBreak: false });
  if (cover.environment !== '') line(cover.environment, 10, 30, 'bold');
  line('Booking Desk: cover sheet', 20, 60, 'bold');
  line(`${cover.letters.length} letters asked for, in this order`, 14, 95, 'bold');
  line(`${formatStaffDateTime(cover.at)}, ${cover.userName}, ${cover.printer}`, 11, 118);
  line('Letters that were put aside are on the screen, not in this stack. Count the sheets.', 11, 138);
  line('Destroy this sheet when the stack has been checked.', 11, 156);
  const lines = coverLines(cover.letters);
  const rows = Math.ceil(Math.min(lines.length, MOST_ON_A_SHEET) / COLUMNS);
  const width = (pdf.page.width - 2 * MARGIN) / COLUMNS;
  // One sheet, whatever the number: it is counted as one.
  const size = lines.length > MOST_ON_A_SHEET ? 8 : 10;
  const perColumn = lines.length > MOST_ON_A_SHEET ? Math.ceil(lines.length / COLUMNS) : rows;
  const step = Math.min(LINE, (pdf.page.height - TOP - MARGIN) / perColumn);
  lines.forEach((text, index) => {
    const [column, row] = [Math.floor(index / perColumn), index % perColumn];
    pdf
      .font('regular')
      .fontSize(size)
      .text(text, MARGIN + column * width, TOP + row * step, { width, lineBreak: false });
  });
}

/** One A4 page. pdfkit is loaded with the first cover sheet. */
export async function makeCoverSheet(cover: CoverSheet): Promise<Uint8Array> {
  const { default: Document } = await import('pdfkit');
  const fonts = findFonts();
  const pdf = new Document({
    size: 'A4',
    margin: 0,
    font: join(fonts, 'DejaVuSans.ttf'),
    lang: 'en-GB',
    info: { Title: 'Cover sheet', Author: 'Booking Desk' },
  });
  pdf.registerFont('regular', join(fonts, 'DejaVuSans.ttf'));
  pdf.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'));
  const bytes = new Promise<Uint8Array>((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('error', reject);
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
  write(pdf, cover);
  pdf.end();
  return bytes;
}
