/** Texts of a conversation: what a person wrote, with links in HTML among it (contract.md section 7, A025). */

/** Longer than an address or a label is; it bounds the search, which hostile text could make long. */
const MOST = 2000;
const OPENING = /^<a\s[^<>]{0,2000}>/i;
const ADDRESS = /\shref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i;
const CLOSING = /<\/a\s{0,9}>/i;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
const PLAIN: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
/** Everything that turns or hides what is read; line breaks and tabs belong to the text. */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/**
 * The text with each link written out as its label and its address. Nothing else is taken away: "K <3 and Na >130" is
 * no tag, and a finding that vanished would harm. The result is text, to be shown as text only.
 */
export function plainTextOf(text: string): string {
  return writeLinksOut(text).replace(/\r\n?/g, '\n').replace(INVISIBLE, '').trim();
}

/** From one `<a` to the next, so that each letter is looked at a bounded number of times. */
function writeLinksOut(text: string): string {
  return text
    .split(/(?=<a\s)/i)
    .map(writeLinkOut)
    .join('');
}

/** A part is left as it is where it does not begin with a link that has an address and an end. */
function writeLinkOut(part: string): string {
  const head = part.slice(0, 2 * MOST);
  const [opening = ''] = OPENING.exec(head) ?? [];
  const found = ADDRESS.exec(opening);
  const rest = head.slice(opening.length);
  const closing = opening === '' ? null : CLOSING.exec(rest);
  if (found === null || closing === null || rest.slice(0, closing.index).includes('<')) return part;
  const address = decode(found[1] ?? found[2] ?? '').trim();
  const label = decode(rest.slice(0, closing.index)).trim();
  const after = part.slice(opening.length + closing.index + closing[0].length);
  return `${label === '' || label === address ? address : `${label} (${address})`}${after}`;
}

/** Only inside a link: what stands elsewhere is what the person typed. */
const decode = (text: string) => text.replace(ENTITY, (entity) => PLAIN[entity] ?? entity);
