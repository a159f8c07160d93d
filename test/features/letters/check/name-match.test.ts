import { expect, it } from 'vitest';
import { namesPerson } from '../../../../src-main/features/letters/check/name-match.ts';

const name = (given: string, family: string) => ({ given, family });

it.each([
  ['MR MARTIN MARTY Wilde', name('Martin Marty', 'Wilde')],
  ['MR MARTIN MARTY Wilde', name('Martin', 'Wilde')],
  ['Mr Martin Wilde', name('Martin Marty', 'Wilde')],
  ['WILDE, Martin (Mr)', name('Martin', 'Wilde')],
  ['Mr M Wilde', name('Martin', 'Wilde')],
  ['Dr. M. M. Wilde', name('Martin', 'Wilde')],
  ['Ms ANNE MARIE O NEILL SMITH', name('Anne-Marie', "O'Neill-Smith")],
  ['Ms Annemarie ONeill-Smith', name('Anne-Marie', 'O’Neill-Smith')],
  ['Mr Lukasz Zolc', name('Łukasz', 'Żółć')],
  ['Mrs ZOE MUELLER-ANGSTROEM', name('Zoë', 'Müller-Angström')],
  ['Mrs ZOE MULLER-ANGSTROM', name('Zoë', 'Müller-Ångström')],
  ['Ms Leilani Kaanaana', name('Leilani', 'Kaʻanāʻanā')],
  ['Mr IBRAHIM SUKRU CAGLAYAN', name('İbrahim Şükrü', 'Çağlayan')],
  ['Thi Hanh NGUYEN', name('Thị Hạnh', 'Nguyễn')],
  ['Mr Jan van der Berg', name('Jan', 'van der Berg')],
  ['Mr Jan VanDerBerg', name('Jan', 'van der Berg')],
  ['Suharto', name('', 'Suharto')],
  ['Mr Suharto Suharto', name('', 'Suharto')],
  ['Madonna', name('Madonna', '')],
  ['Madonna', name('Madonna', '-')],
])('takes %s for %o', (line, known) => {
  expect(namesPerson(line, known)).toBe(true);
});

it.each([
  ['Mr Martin Wild', name('Martin', 'Wilde')],
  ['Mr Marvin Wilde', name('Martin', 'Wilde')],
  ['Miss Ruby Mae Harper', name('Rosie May', 'Harper')],
  ['Ms Jane E Wilde', name('Emma', 'Wilde')],
  ['Mr Wilde', name('Martin', 'Wilde')],
  ['Mr Anil Patel', name('Arun', 'Patel')],
  ['Mr John Suharto', name('', 'Suharto')],
  ['Wilde Road', name('Martin', 'Wilde')],
  ['', name('Martin', 'Wilde')],
  ['Mr Martin Wilde', name('', '')],
])('does not take %s for %o', (line, known) => {
  expect(namesPerson(line, known)).toBe(false);
});
