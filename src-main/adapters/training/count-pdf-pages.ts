/** How many sheets a training printer takes for a letter. */

const PAGE_OBJECT = /\/Type\s*\/Page(?![A-Za-z])/g;

/**
 * Counts the page objects of a PDF whose objects are not packed into streams, as those of the training letters are
 * not; a document that hides them takes one sheet.
 */
export function countPdfPages(pdf: Uint8Array): number {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  return Math.max(1, text.match(PAGE_OBJECT)?.length ?? 0);
}
