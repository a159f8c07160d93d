/** To whom the letter goes, against what PDS says of the patient. */
import type { LetterCheck } from '../../../contract/channels/letters.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { beginsWithTitle, namesPerson, type KnownName } from './name-match.ts';

export interface KnownAddressee {
  readonly name: KnownName;
  /** Empty when it is not known. */
  readonly address: readonly string[];
}

/** Of the address block: so many lines down the page it begins, so many it has. */
const HEAD_LINES = 30;
const ADDRESS_LINES = 10;
const END_OF_ADDRESS = /\b(?:NHS|date|dear|details|appointment|UBRN|reference)\b/i;
const POSTCODE = /\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b/i;

interface Cell {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Name and, where the letter has an address, its postcode. */
export function checkAddressee(lines: readonly string[], known: KnownAddressee): readonly LetterCheck[] {
  const cells = lines
    .slice(0, HEAD_LINES)
    .flatMap((text, line) =>
      text.split('\t').map((part, column): Cell => ({ line, column, text: part.trim() })),
    );
  const expected = nameOf(known.name);
  const addressees = findAddressees(cells, known.address);
  /** A long name takes two lines, of which either may be the one that was found. */
  const isThem = (cell: Cell) =>
    [cell.text, `${cell.text} ${near(cells, cell, 1)}`, `${near(cells, cell, -1)} ${cell.text}`].some(
      (text) => namesPerson(text, known.name),
    );
  const found = (addressees.length > 0 ? addressees : cells).find(isThem);
  if (found !== undefined) {
    const name: LetterCheck = { what: 'name', result: 'same', inLetter: clip(found.text), expected };
    return [name, ...checkPostcode(lines, found, known.address)];
  }
  const [other] = addressees;
  if (other === undefined) return [{ what: 'name', result: 'missing', inLetter: '', expected }];
  return [{ what: 'name', result: 'different', inLetter: clip(other.text), expected }];
}

/** Lines that begin with a title, and the line above the patient's own address. */
function findAddressees(cells: readonly Cell[], address: readonly string[]): Cell[] {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const firstLine = plain(address[0] ?? '');
  return cells.filter((cell) => {
    if (/^dear\b/i.test(cell.text)) return false;
    return beginsWithTitle(cell.text) || (firstLine !== '' && plain(near(cells, cell, 1)) === firstLine);
  });
}

/** What stands so many lines below, in the same column. */
const near = (cells: readonly Cell[], { line, column }: Cell, down: number): string =>
  cells.find((other) => other.line === line + down && other.column === column)?.text ?? '';

function checkPostcode(lines: readonly string[], from: Cell, address: readonly string[]): LetterCheck[] {
  const expected = postcodeOf(address.toReversed());
  if (expected === null) return [];
  const block: string[] = [];
  for (const line of lines.slice(from.line + 1, from.line + 1 + ADDRESS_LINES)) {
    const cell = line.split('\t')[from.column] ?? '';
    if (END_OF_ADDRESS.test(cell)) break;
    block.push(cell);
  }
  const inLetter = postcodeOf(block);
  if (inLetter === null) return [];
  return [{ what: 'address', result: inLetter === expected ? 'same' : 'different', inLetter, expected }];
}

function postcodeOf(lines: readonly string[]): string | null {
  for (const line of lines) {
    const found = POSTCODE.exec(line);
    if (found) return `${found[1]} ${found[2]}`.toUpperCase();
  }
  return null;
}

const clip = (text: string) => visibleText(text).slice(0, 200);
const nameOf = ({ given, family }: KnownName) =>
  clip([given, family].filter((part) => part !== '').join(' '));
