/** Is a name in a letter the patient's? Letters print names in forms of their own, e.g. `MR MARTIN MARTY Wilde`. */

export interface KnownName {
  readonly family: string;
  /** All given names, parted by blanks. */
  readonly given: string;
}

const TITLE =
  /^(?:mr|mrs|ms|miss|mx|mstr|master|dr|doctor|prof|professor|rev|reverend|revd|sir|dame|lady|lord|father|sister|capt|captain|col|colonel|maj|major|sgt)$/;

/** Letters that no decomposition parts from their marks. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ŧ: 't',
};
/** How these are written where there are none. */
const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

const withoutMarks = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[łøđðþßæœıħŋŧ]/g, (letter) => PLAIN[letter] ?? letter);

/** The words of a name: no case, accents, apostrophes or hyphens. */
function wordsOf(text: string): string[] {
  return withoutMarks(text.normalize('NFC').toLowerCase())
    .replace(/['’‘`´ʼʻ]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const spellOut = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüåø]/g, (letter) => SPELT_OUT[letter] ?? letter);

/** True when the line begins as one that names a person does. */
export const beginsWithTitle = (line: string): boolean => {
  const words = wordsOf(line);
  return words.length > 1 && TITLE.test(words[0] ?? '');
};

/** True when the line names this person: family name and first given name or its initial, in any order. */
export function namesPerson(line: string, name: KnownName): boolean {
  const words = wordsOf(line);
  while (words.length > 1 && TITLE.test(words[0] ?? '')) words.shift();
  return fits(words, name) || fits(words, { family: spellOut(name.family), given: spellOut(name.given) });
}

function fits(words: readonly string[], { family, given }: KnownName): boolean {
  const [firstGiven = ''] = given.split(/\s+/).filter((part) => wordsOf(part).length > 0);
  const [first, last] = [wordsOf(firstGiven).join(''), wordsOf(family).join('')];
  const [one, other] = last === '' ? [first, ''] : [last, first];
  if (one === '') return false;
  return runsOf(words, one).some((rest) => {
    // Of a single name nothing is left, or the name once more.
    if (other === '') return rest.length === 0 || rest.join('') === one;
    return rest[0] === other.charAt(0) || runsOf(rest, other).length > 0;
  });
}

/** What is left of the words for each place where some of them together make the wanted one. */
function runsOf(words: readonly string[], wanted: string): string[][] {
  const found: string[][] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const run = words.slice(from, to).join('');
      if (run === wanted) found.push([...words.slice(0, from), ...words.slice(to)]);
      if (run.length >= wanted.length) break;
    }
  }
  return found;
}
