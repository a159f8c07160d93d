/** Makes the letter as a tagged PDF/UA file with its fonts embedded. pdfkit is loaded with the first letter. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type PDFDocument from 'pdfkit';
import { toIso } from '../../contract/london-time.ts';
import { composeLetter, type Block, type LetterRequest, type LetterText } from './letter-text.ts';

export interface LetterMaker {
  make(letter: LetterRequest): Promise<Uint8Array>;
  /** Any other document of the same form. */
  makeDocument(text: LetterText, nowMs: number): Promise<Uint8Array>;
}

type Pdf = InstanceType<typeof PDFDocument>;

const MARGIN = 60;
const STYLES: Readonly<
  Record<Block['role'], { font: 'bold' | 'regular'; size: number; before: number; after: number }>
> = {
  H1: { font: 'bold', size: 20, before: 0, after: 14 },
  H2: { font: 'bold', size: 14, before: 14, after: 8 },
  P: { font: 'regular', size: 11, before: 0, after: 6 },
};
const MARK = 'TRAINING: invented patient, not a real appointment';

/** DejaVu covers the names of the training patients: pdfkit drops a glyph that a font lacks without a word. */
function findFonts(): string {
  const manifest = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json');
  return join(dirname(manifest), 'ttf');
}

function writeBlocks(pdf: Pdf, blocks: readonly Block[]): void {
  const section = pdf.struct('Sect');
  pdf.addStructure(section);
  for (const { role, text } of blocks) {
    const style = STYLES[role];
    const draw = (): void => {
      pdf.font(style.font).fontSize(style.size).text(text);
    };
    pdf.y += style.before;
    section.add(pdf.struct(role, {}, draw));
    pdf.y += style.after;
  }
  section.end();
}

/** A line of its own at a height of the page, outside the flow of the letter. */
function writeLine(pdf: Pdf, text: string, y: number): void {
  const width = pdf.page.width - 2 * MARGIN;
  const draw = (): void => {
    pdf.font('bold').fontSize(10).text(text, MARGIN, y, { width, lineBreak: false });
  };
  pdf.addStructure(pdf.struct('P', {}, draw));
}

/** The training mark at the head of every page, the letter's part, the page's number at its foot. */
function write(pdf: Pdf, text: LetterText): void {
  text.pages.forEach((blocks, i) => {
    if (i > 0) pdf.addPage();
    writeLine(pdf, MARK, 30);
    pdf.x = MARGIN;
    pdf.y = MARGIN;
    writeBlocks(pdf, blocks);
    const mark = text.marks?.[i] ?? `Page ${i + 1} of ${text.pages.length}`;
    if (mark !== '') writeLine(pdf, mark, pdf.page.height - MARGIN - 14);
  });
}

function collect(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('error', reject);
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
  });
}

/** A letter maker; `fontDirectory` holds DejaVuSans.ttf and DejaVuSans-Bold.ttf. */
export function createLetterMaker(fontDirectory?: string): LetterMaker {
  const makeDocument = async (text: LetterText, nowMs: number): Promise<Uint8Array> => {
    const { default: Document } = await import('pdfkit');
    const fonts = fontDirectory ?? findFonts();
    const pdf = new Document({
      size: 'A4',
      margin: MARGIN,
      font: join(fonts, 'DejaVuSans.ttf'),
      pdfVersion: '1.7',
      tagged: true,
      // pdfkit knows this subset, its published types do not yet.
      subset: 'PDF/UA' as PDFKit.PDFDocumentOptions['subset'] & string,
      lang: 'en-GB',
      displayTitle: true,
      info: { Title: text.title, Author: 'Booking Desk training service', Subject: toIso(nowMs) },
    });
    pdf.registerFont('regular', join(fonts, 'DejaVuSans.ttf'));
    pdf.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'));
    const bytes = collect(pdf);
    write(pdf, text);
    pdf.end();
    return bytes;
  };
  return { makeDocument, make: (letter) => makeDocument(composeLetter(letter), letter.nowMs) };
}
