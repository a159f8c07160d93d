/**
 * Opens a letter with pdf.js: parsed in a worker of our own origin under the Trusted Types policy `pdf-worker`,
 * drawn here on our own canvas. No wasm, no eval, nothing fetched; the bytes go with the document.
 */
import { getDocument, PDFWorker, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.mjs?worker&url';
import type { LetterPage, TextRun } from './letter-text.ts';

export interface OpenLetter {
  readonly pages: readonly LetterPage[];
  /** Draws a page (from 0) to fill the width given, in CSS pixels. */
  draw(page: number, canvas: HTMLCanvasElement, cssWidth: number): Promise<void>;
  /** Ends the worker and forgets the bytes. */
  destroy(): Promise<void>;
}

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
export async function openPdf(data: Uint8Array): Promise<OpenLetter> {
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
    const proxies = await Promise.all(
      Array.from({ length: loaded.numPages }, (_, i) => loaded.getPage(i + 1)),
    );
    const pages = await Promise.all(proxies.map(readPage));
    return {
      pages,
      draw: async (page, canvas, cssWidth) => drawPage(proxies[page], canvas, cssWidth),
      destroy: () => destroy(loaded),
    };
  } catch (fault) {
    await destroy(null);
    throw fault;
  }
}

async function readPage(page: PDFPageProxy): Promise<LetterPage> {
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
  page: PDFPageProxy | undefined,
  canvas: HTMLCanvasElement,
  cssWidth: number,
): Promise<void> {
  if (page === undefined) return;
  const scale = (cssWidth / page.getViewport({ scale: 1 }).width) * Math.max(1, devicePixelRatio);
  const viewport = page.getViewport({ scale });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
}
