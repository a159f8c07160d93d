/**
 * The text of a PDF by pdf.js, in the thread that calls it: main uses it through `pdf-reader.ts` only. Nothing is drawn
 * or fetched, no font is loaded, no script of the document runs.
 */
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { WorkerMessageHandler } from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { toLines, type PlacedRun } from './pdf-lines.ts';

export type PdfFault = 'not-a-pdf' | 'pdf-encrypted' | 'pdf-with-script' | 'pdf-not-readable';

export type PdfText =
  | { readonly kind: 'pages'; readonly pages: readonly { readonly lines: readonly string[] }[] }
  | { readonly kind: 'fault'; readonly code: PdfFault };

/** A letter has a few pages of some hundred runs; more is not a letter. */
const MAX_PAGES = 60;
const MAX_RUNS = 20_000;
const MAX_CHARACTERS = 1_000_000;

// Found here, pdf.js does not look for its other half in a file.
Object.assign(globalThis, { pdfjsWorker: { WorkerMessageHandler } });

const FAULTS: Readonly<Record<string, PdfFault>> = {
  InvalidPDFException: 'not-a-pdf',
  PasswordException: 'pdf-encrypted',
};

const fault = (code: PdfFault): PdfText => ({ kind: 'fault', code });

/** Reads all pages. Takes the bytes over: the caller must not use them any more. Never throws. */
export async function readPdfText(data: Uint8Array): Promise<PdfText> {
  const task = getDocument({
    data,
    useWasm: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: true,
    verbosity: 0,
  });
  try {
    return await readDocument(await task.promise);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    return fault(FAULTS[name] ?? 'pdf-not-readable');
  } finally {
    await task.destroy();
  }
}

async function readDocument(pdf: PDFDocumentProxy): Promise<PdfText> {
  // Encrypted with an empty password it opens by itself, but no printer need know how.
  if ((await pdf.getPermissions()) !== null) return fault('pdf-encrypted');
  if (await pdf.hasJSActions()) return fault('pdf-with-script');
  if (pdf.numPages > MAX_PAGES) return fault('pdf-not-readable');
  const pages: { lines: readonly string[] }[] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const runs = await readRuns(pdf, number);
    characters += runs.reduce((sum, run) => sum + run.text.length, 0);
    if (runs.length > MAX_RUNS || characters > MAX_CHARACTERS) return fault('pdf-not-readable');
    pages.push({ lines: toLines(runs) });
  }
  return { kind: 'pages', pages };
}

async function readRuns(pdf: PDFDocumentProxy, number: number): Promise<PlacedRun[]> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items.flatMap((item): PlacedRun[] => {
    if (!('str' in item)) return [];
    const [scale = 0, rise = 0, , , left = 0, baseline = 0] = item.transform as number[];
    const { width, height, str } = item;
    return [{ text: str, left, baseline, width, height, isTurned: scale <= 0 || rise !== 0 }];
  });
}
