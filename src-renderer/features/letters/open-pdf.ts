import { openDocument } from '../../app/pdf/open-document.ts';
import type { PdfPage } from '../../app/pdf/page-text.ts';

/** A letter with the text of all its pages: the access code has to be found before anything is shown. */
export interface OpenLetter {
  readonly pages: readonly PdfPage[];
  /** Draws a page (from 0) to fill the width given, in CSS pixels. */
  draw(page: number, canvas: HTMLCanvasElement, cssWidth: number): Promise<void>;
  /** Ends the worker and forgets the bytes. */
  destroy(): Promise<void>;
}

/** Opens a letter; throws when it cannot be read as a PDF. */
export async function openPdf(data: Uint8Array): Promise<OpenLetter> {
  const { pageCount, readPage, draw, destroy } = await openDocument(data);
  try {
    const pages = await Promise.all(Array.from({ length: pageCount }, (_, at) => readPage(at)));
    return { pages, draw, destroy };
  } catch (fault) {
    await destroy();
    throw fault;
  }
}
