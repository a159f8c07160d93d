import type { PersonName } from '../../src-main/contract/channels/patient.ts';

/** `SMITH, John (Mr)`, the staff form of a name (screens.md section 0). */
export function formatName(name: PersonName): string {
  const prefix = name.prefix === '' ? '' : ` (${name.prefix})`;
  const given = name.given === '' ? '' : `, ${name.given}`;
  return `${name.family.toLocaleUpperCase('en-GB')}${given}${prefix}`;
}

/** `1 row`, `12 rows`, `10,000 rows`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** Lower case without accents, so that `Zolc` finds Żółć. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ł/gi, 'l')
    .toLowerCase();
}
