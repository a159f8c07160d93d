/**
 * The page of a hidden window that is printed where the operating system takes pictures only (Windows): it draws a
 * letter with pdf.js, as the preview does, because Electron's own printing of PDF is unreliable (screens.md section 6).
 * It has no bridge; main calls its one function.
 */
import { decodeBase64 } from '../app/decode-base64.ts';
import { openDocument } from '../app/pdf/open-document.ts';

const DOTS_PER_INCH = 300;
const POINTS_PER_INCH = 72;
/** A letter has a few pages; each takes some 35 MB as a picture. */
const MOST_PAGES = 20;

/** Draws the letter; answers how many pages it has, or 0 when there are more than a letter has. */
async function drawLetter(title: string, pdf: string): Promise<number> {
  document.title = title;
  const letter = await openDocument(decodeBase64(pdf));
  try {
    if (letter.pageCount > MOST_PAGES) return 0;
    for (let at = 0; at < letter.pageCount; at += 1) {
      const canvas = document.createElement('canvas');
      canvas.className = 'print-page';
      const { width } = await letter.readPage(at);
      await letter.draw(at, canvas, (width / POINTS_PER_INCH) * DOTS_PER_INCH, 'print');
      document.body.append(canvas);
    }
    return letter.pageCount;
  } finally {
    await letter.destroy();
  }
}

Object.defineProperty(globalThis, 'drawLetter', { value: drawLetter });
