/** Finds a secret in whatever form it could lie about: a search for its plain text alone would miss most of them. */

const GROUPS: readonly (readonly [RegExp, string])[] = [
  // A UBRN is written 4-4-4, an NHS number 3-3-4, an access code 4-4.
  [/^(\d{4})(\d{4})(\d{4})$/, '$1 $2 $3'],
  [/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3'],
  [/^([A-Z0-9]{4})([A-Z0-9]{4})$/i, '$1 $2'],
];
const SEPARATORS = [' ', '-', '\u00a0', '.'];
/** Shorter than this it is found anywhere by chance. */
const SHORTEST = 4;

function groupedOf(secret: string): string[] {
  const group = GROUPS.find(([shape]) => shape.test(secret));
  if (group === undefined) return [];
  const spaced = secret.replace(...group);
  return SEPARATORS.map((separator) => spaced.replaceAll(' ', separator));
}

const swapCase = (text: string) =>
  [...text].map((sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join('');

const casesOf = (text: string) => [text, text.toUpperCase(), text.toLowerCase(), swapCase(text)];

const percentOf = (text: string) => [
  encodeURIComponent(text),
  encodeURIComponent(text).replaceAll('%20', '+'),
  Buffer.from(text)
    .toString('hex')
    .replace(/../g, (byte) => `%${byte}`),
];

/** What of the base64 of a longer text is the secret's alone, for each of the three places where it may begin. */
function base64Of(text: string): string[] {
  const plain = [0, 1, 2].map((offset) =>
    Buffer.from(`${'x'.repeat(offset)}${text}`)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2),
  );
  return [...plain, ...plain.map((one) => one.replaceAll('+', '-').replaceAll('/', '_'))];
}

function inUtf16(text: string): Buffer[] {
  const little = Buffer.from(text, 'utf16le');
  return [little, Buffer.from(little).swap16()];
}

/** The forms: any case, grouped, UTF-8, UTF-16 of either order, percent-encoded, hexadecimal, base64 at any offset. */
export function formsOf(secret: string): Buffer[] {
  const texts = [...new Set([secret, ...groupedOf(secret)].flatMap(casesOf))];
  const encoded = texts.flatMap((text) => {
    const hex = Buffer.from(text).toString('hex');
    return [...percentOf(text), ...base64Of(text), hex, hex.toUpperCase()];
  });
  const bytes = [...texts.flatMap(inUtf16), ...[...texts, ...encoded].map((text) => Buffer.from(text))];
  const distinct = new Map(bytes.map((form) => [form.toString('latin1'), form]));
  return [...distinct.values()].filter((form) => form.length >= SHORTEST);
}

/** Which of the secrets lie in which of the places. */
export function findInClear(
  secrets: ReadonlyMap<string, string>,
  places: ReadonlyMap<string, Buffer>,
): string[] {
  return [...secrets].flatMap(([what, secret]) => {
    const forms = formsOf(secret);
    return [...places].flatMap(([place, bytes]) =>
      forms.some((form) => bytes.includes(form)) ? [`${what} in ${place}`] : [],
    );
  });
}
