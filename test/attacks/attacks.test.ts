import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ATTACKS } from './attacks.ts';
import { judgeAttacks } from './judge-attacks.ts';

describe('the list of attacks', () => {
  it('has all forty, each tried here or named with what to type on a device', () => {
    const wanted = Array.from({ length: 40 }, (_, at) => `S${String(at + 1).padStart(2, '0')}`);
    expect(ATTACKS.map(({ id }) => id)).toEqual(wanted);
    const idle = ATTACKS.filter(({ tries, onDevice }) => tries.length === 0 && onDevice === undefined);
    expect(idle).toEqual([]);
  });

  it('names files that exist and titles that stand in them', () => {
    const gone = ATTACKS.flatMap(({ id, tries }) =>
      tries.flatMap(({ file, names }) => {
        if (!existsSync(file)) return [`${id} ${file}`];
        const text = readFileSync(file, 'utf8');
        // A title may be made of a group and a row: its longest words at least stand there.
        const isThere = (name: string) => name.split(/ (?=\S+$)/).some((part) => text.includes(part));
        return names.filter((name) => !isThere(name)).map((name) => `${id} ${file}: ${name}`);
      }),
    );
    expect(gone).toEqual([]);
  });
});

describe('an attack', () => {
  const one = {
    ...{ id: 'S01', tried: 'something', outcome: 'refused' },
    tries: [{ file: 'test/a.test.ts', names: ['S01', 'also'] }],
  };
  const ran = (status: string, fullName: string) => ({ file: 'test/a.test.ts', fullName, status });

  it('ended as required when each of its tests ran and passed', () => {
    const [line] = judgeAttacks(
      [one],
      [ran('passed', 'group S01 x'), ran('passed', 'also'), ran('failed', 'other')],
    );
    expect(line).toMatchObject({ isFine: true, text: 'S01  ok    something: refused (2 tests)' });
  });

  it.each([
    ['a test failed', [ran('failed', 'S01'), ran('passed', 'also')], 'FAIL'],
    ['a test was skipped', [ran('passed', 'S01'), ran('skipped', 'also')], 'not tried'],
    ['no test has that name any more', [ran('passed', 'S01')], 'not tried'],
  ])('did not when %s', (_name, results, word) => {
    const [line] = judgeAttacks([one], results);
    expect([line?.isFine, line?.text.includes(word)]).toEqual([false, true]);
  });

  it('that needs a device says what to type there', () => {
    const device = { ...one, tries: [], onDevice: { what: 'a package', command: 'npm run package' } };
    expect(judgeAttacks([device], []).map(({ text }) => text)).toEqual([
      'S01  needs a device  something: a package. There: npm run package',
    ]);
  });
});
