/** Control, format (bidirectional overrides, zero width), surrogate and private characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/** A name from outside as it may stand on a screen: with nothing in it that turns or hides what is read (S23). */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}
