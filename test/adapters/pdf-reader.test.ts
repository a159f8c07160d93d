import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import PDFDocument from 'pdfkit';
import { afterEach, describe, expect, it } from 'vitest';
import { toLines } from '../../src-main/adapters/node/pdf-lines.ts';
import { createPdfReader, type PdfReaderOptions } from '../../src-main/adapters/node/pdf-reader.ts';
import type { PdfReader } from '../../src-main/app/ports.ts';

const readers: PdfReader[] = [];
const logged: string[] = [];
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  logged.splice(0);
});

function open(options: Omit<PdfReaderOptions, 'log'> = {}): PdfReader {
  const reader = createPdfReader({
    log: { write: (...line) => void logged.push(JSON.stringify(line)) },
    ...options,
  });
  readers.push(reader);
  return reader;
}

function makePdf(write: (pdf: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}) {
  return new Promise<Uint8Array>((resolve) => {
    const pdf = new PDFDocument({ size: 'A4', ...options });
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    write(pdf);
    pdf.end();
  });
}

/** A thread that does to the first byte of a document what the test wants. */
const STUB = `
  import { parentPort } from 'node:worker_threads';
  parentPort.postMessage({ id: 0, kind: 'pages', pages: [] });
  parentPort.on('message', ({ id, pdf }) => {
    const [what] = pdf;
    if (what === 1) for (;;);
    if (what === 2) process.exit(0);
    if (what === 3) throw new Error('secret words of the letter');
    if (what === 4) { const all = []; for (;;) all.push(new Array(1e6).fill(0.1)); }
    if (what === 5) { globalThis.held = []; setInterval(() => held.push(Buffer.alloc(50_000_000, 1)), 20); return; }
    parentPort.postMessage({ id, kind: 'pages', pages: [{ lines: ['read'] }] });
  });`;
const entry = new URL(`data:text/javascript,${encodeURIComponent(STUB)}`);
const READ = { ok: true, value: [{ lines: ['read'] }] };
const codeOf = (answer: Awaited<ReturnType<PdfReader['readText']>>) =>
  answer.ok ? 'read' : answer.problem.code;

describe('a letter', () => {
  it('is read in the order of the eye, line by line, and its bytes stay whole', async () => {
    const pdf = await makePdf((page) => {
      page.text('second line', 60, 120).text('right', 400, 100, { lineBreak: false });
      page.text('left', 60, 100, { lineBreak: false });
      page.addPage().text('page two', 60, 60);
    });
    const before = Buffer.from(pdf);
    const reader = open();
    expect(await reader.readText(pdf)).toEqual({
      ok: true,
      value: [{ lines: ['left\tright', 'second line'] }, { lines: ['page two'] }],
    });
    expect(Buffer.from(pdf).equals(before)).toBe(true);
    const cut = await reader.readText(pdf.subarray(0, pdf.length / 2));
    expect(['not-a-pdf', 'pdf-not-readable']).toContain(codeOf(cut));
    expect(codeOf(await reader.readText(Buffer.from('<html>')))).toBe('not-a-pdf');
    const [locked, closed] = await Promise.all(
      [{ ownerPassword: 'a' }, { userPassword: 'b' }].map((lock) => makePdf((page) => page.text('x'), lock)),
    );
    expect(codeOf(await reader.readText(locked ?? pdf))).toBe('pdf-encrypted');
    expect(codeOf(await reader.readText(closed ?? pdf))).toBe('pdf-encrypted');
    expect(codeOf(await reader.readText(pdf))).toBe('read');
  });
});

describe('the thread', () => {
  it('is ended when it hangs, dies, throws or takes too much, and the next letter is read', async () => {
    const reader = open({ entry, deadlineMs: 300, maxGrowthBytes: 300_000_000 });
    expect(await reader.readText(Uint8Array.of(0))).toEqual(READ);
    expect(codeOf(await reader.readText(Uint8Array.of(1)))).toBe('pdf-too-slow');
    expect(await reader.readText(Uint8Array.of(0))).toEqual(READ);
    expect(codeOf(await reader.readText(Uint8Array.of(2)))).toBe('pdf-not-readable');
    expect(codeOf(await reader.readText(Uint8Array.of(3)))).toBe('pdf-not-readable');
    expect(await reader.readText(Uint8Array.of(0))).toEqual(READ);
    expect(logged).toHaveLength(3);
    expect(logged.join()).not.toContain('secret');
  });

  it('is ended at its memory bound, on the heap and off it', async () => {
    const reader = open({ entry, maxGrowthBytes: 300_000_000 });
    expect(codeOf(await reader.readText(Uint8Array.of(4)))).toBe('pdf-not-readable');
    expect(codeOf(await reader.readText(Uint8Array.of(5)))).toBe('pdf-not-readable');
    expect(await reader.readText(Uint8Array.of(0))).toEqual(READ);
  });

  it('reads letters one after another, and none after it is closed', async () => {
    const reader = open({ entry });
    const answers = await Promise.all([0, 2, 0].map((what) => reader.readText(Uint8Array.of(what))));
    expect(answers.map(codeOf)).toEqual(['read', 'pdf-not-readable', 'read']);
    const hanging = reader.readText(Uint8Array.of(1));
    await new Promise(setImmediate);
    await reader.close();
    expect(codeOf(await hanging)).toBe('pdf-reader-unavailable');
    expect(codeOf(await reader.readText(Uint8Array.of(0)))).toBe('pdf-reader-unavailable');
  });

  it('is no fault of the letter when it cannot begin', async () => {
    const reader = open({ entry: pathToFileURL('/nonexistent/reader.js') });
    expect(await reader.readText(Uint8Array.of(0))).toMatchObject({
      ...{ ok: false, problem: { kind: 'unavailable', code: 'pdf-reader-unavailable' } },
    });
  });
});

it('compiles no code from texts', () => {
  const folder = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  for (const file of ['pdf.mjs', 'pdf.worker.mjs']) {
    const source = readFileSync(join(folder, '../legacy/build', file), 'utf8');
    expect(source).not.toMatch(/\bnew Function\(|[^.\w]eval\(/);
  }
});

it('joins runs without a gap, and parts words', () => {
  const run = (text: string, left: number, width: number) => ({
    ...{ text, left, width, baseline: 700, height: 10, isTurned: false },
  });
  expect(toLines([run('01', 72, 10), run('999', 50, 20), run('8', 86, 5), run('far', 200, 20)])).toEqual([
    '999 01 8\tfar',
  ]);
  expect(toLines([run('th', 60, 8), run('5', 50, 10)])).toEqual(['5th']);
});
