import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const log = readFileSync('docs/clinical-safety/hazard-log.md', 'utf8');
const sections = log.split(/^## /m).slice(1);
const proofs = [...log.matchAll(/^ *- Test: `([^`]+)` "(.+)"$/gm)].map(([, path = '', title = '']) => ({
  path,
  title,
}));
const textOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

describe('the hazard log', () => {
  it('has every hazard with its cause, control, proof and what is left', () => {
    const hazards = sections.filter((section) => /^\d+ /.test(section));
    expect(hazards.map((section) => Number.parseInt(section, 10))).toEqual(
      Array.from({ length: hazards.length }, (_, at) => at + 1),
    );
    expect(hazards.length).toBeGreaterThanOrEqual(19);
    for (const section of hazards)
      for (const part of ['Cause:', 'Control:', 'Test:', 'Left:'])
        expect(section, section.split('\n')[0]).toContain(`- ${part}`);
  });

  it('names no path that is not there', () => {
    const paths = [...log.matchAll(/`((?:src-main|src-renderer|test)\/[^`]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(60);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it.each(proofs)('is proven by $path: $title', ({ path, title }) => {
    // A title stands in quotes of one kind or another, with its own escaped.
    const text = textOf(path).replaceAll(/\\(['"`])/g, '$1');
    expect(["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`))).toBe(true);
  });
});
