/**
 * Opens a PDF with pdf.js: parsed in a worker of our own origin under the Trusted Types policy `pdf-worker`, drawn here
 * on our own canvas, page by page as they are asked for. No wasm, no eval, no scripts of the document, nothing fetched;
 * the bytes go with the document.
 */
import { getDocument, PDFWorker, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.mjs?worker&url';
import type { PdfPage, TextRun } from './page-text.ts';

export interface OpenDocument {
  readonly pageCount: number;
  /** The text of a page (from 0), and its size in points. */
  readPage(at: number): Promise<PdfPage>;
  /** Draws a page (from 0) to fill the width given, in CSS pixels; for print without waiting for a screen. */
  draw(at: number, canvas: HTMLCanvasElement, cssWidth: number, use?: 'screen' | 'print'): Promise<void>;
  /** Ends the worker and forgets the bytes. */
  destroy(): Promise<void>;
}

/** A page may state any size; its picture takes no more memory than this (four bytes each). */
const MOST_CANVAS_PIXELS = 16_000_000;

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | null = null;

/** The one address that the policy lets through; anywhere else it throws. */
function trustWorkerUrl(): string {
  const rules: ScriptUrlPolicy = {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new TypeError('pdf-worker: not the worker of the letters');
      return url;
    },
  };
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  policy ??= factory ? factory.createPolicy('pdf-worker', rules) : rules;
  return policy.createScriptURL(workerUrl);
}

/** Opens a PDF; throws when it cannot be read as one. */
export async function openDocument(data: Uint8Array): Promise<OpenDocument> {
  const port = new Worker(trustWorkerUrl(), { type: 'module' });
  const worker = PDFWorker.create({ port });
  const destroy = async (loaded: PDFDocumentProxy | null) => {
    await loaded?.loadingTask.destroy();
    worker.destroy();
    port.terminate();
  };
  try {
    const loaded = await getDocument({
      data,
      worker,
      useWasm: false,
      enableXfa: false,
      useWorkerFetch: false,
    }).promise;
    return {
      pageCount: loaded.numPages,
      readPage: async (at) => readPage(await loaded.getPage(at + 1)),
      draw: async (at, canvas, cssWidth, use = 'screen') =>
        drawPage(await loaded.getPage(at + 1), canvas, cssWidth, use === 'print' ? 'print' : 'display'),
      destroy: () => destroy(loaded),
    };
  } catch (fault) {
    await destroy(null);
    throw fault;
  }
}

async function readPage(page: PDFPageProxy): Promise<PdfPage> {
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const runs = items.flatMap((item): TextRun[] => {
    if (!('str' in item) || item.str === '') return [];
    const [, , , , left = 0, baseline = 0] = item.transform as number[];
    // The baseline is not the bottom: letters such as p and g reach below it.
    return [
      {
        text: item.str,
        left,
        top: height - baseline - item.height,
        width: item.width,
        height: item.height * 1.3,
      },
    ];
  });
  return { width, height, runs };
}

async function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  cssWidth: number,
  intent: 'display' | 'print',
): Promise<void> {
  const { width, height } = page.getViewport({ scale: 1 });
  const wanted = (cssWidth / width) * Math.max(1, devicePixelRatio);
  const scale = Math.min(wanted, Math.sqrt(MOST_CANVAS_PIXELS / (width * height)));
  const viewport = page.getViewport({ scale });
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  await page.render({ canvas, viewport, intent }).promise;
}
