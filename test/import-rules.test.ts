import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { findCycles, readSources } from '../scripts/check-cycles.ts';

const eslint = new ESLint();

async function faultsOf(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map(({ ruleId, message }) =>
    message.startsWith('Restricted path') ? message : (ruleId ?? message),
  );
}

const use = (path: string, type = false) =>
  `import ${type ? 'type ' : ''}* as it from '${path}';\nexport const used = ${type ? 'null as unknown as typeof it' : 'it'};\n`;

describe('the import rules', () => {
  it.each([
    [
      'the renderer reaches past contract/',
      'src-renderer/app/planted.ts',
      use('../../src-main/app/ports.ts'),
      'import-x/no-restricted-paths',
    ],
    [
      'the renderer takes a type from past contract/',
      'src-renderer/app/planted.ts',
      use('../../src-main/ers/model.ts', true),
      'import-x/no-restricted-paths',
    ],
    [
      'a feature imports electron',
      'src-main/features/slots/planted.ts',
      use('electron'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'the app imports electron',
      'src-main/app/planted.ts',
      use('electron'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'the chromium host imports electron',
      'src-main/hosts/chromium/planted.ts',
      use('electron'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'the renderer imports electron',
      'src-renderer/bridge/planted.ts',
      use('electron'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'e-RS knows a feature',
      'src-main/ers/planted.ts',
      use('../features/slots/slots.ts'),
      'import-x/no-restricted-paths',
    ],
    [
      'a feature calls another',
      'src-main/features/slots/planted.ts',
      use('../referral/referral.ts'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'a feature reaches an adapter',
      'src-main/features/slots/planted.ts',
      use('../../adapters/node/sqlite-storage.ts'),
      'import-x/no-restricted-paths',
    ],
    [
      'main loads the schema library',
      'src-main/app/planted.ts',
      use('typebox'),
      '@typescript-eslint/no-restricted-imports',
    ],
    [
      'contract imports a feature',
      'src-main/contract/planted.ts',
      use('../features/slots/slots.ts'),
      'import-x/no-restricted-paths',
    ],
    ['a default export', 'src-main/app/planted.ts', 'export default 1;\n', 'no-restricted-syntax'],
    [
      'a date made outside the clock',
      'src-main/app/planted.ts',
      'export const now = new Date();\n',
      'no-restricted-syntax',
    ],
    ['any', 'src-main/app/planted.ts', 'export const it: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    ['v-html', 'src-renderer/app/Planted.vue', '<template><p v-html="x" /></template>\n', 'vue/no-v-html'],
    [
      'raw ipcRenderer',
      'src-renderer/app/planted.ts',
      'export const it = ipcRenderer;\n',
      'no-restricted-globals',
    ],
  ])('stop it when %s', async (_name, filePath, code, rule) => {
    expect(await faultsOf(filePath, code)).toContain(rule);
  });

  it.each([
    [
      'the renderer uses contract/',
      'src-renderer/app/planted.ts',
      use('../../src-main/contract/london-time.ts'),
    ],
    ['the Electron host imports electron', 'src-main/hosts/electron/planted.ts', use('electron')],
    [
      'a feature names a type of another',
      'src-main/features/slots/planted.ts',
      use('../referral/referral.ts', true),
    ],
  ])('let it pass when %s', async (_name, filePath, code) => {
    expect(await faultsOf(filePath, code)).toEqual([]);
  });
});

describe('circular imports', () => {
  const found = (files: Readonly<Record<string, string>>) => findCycles(new Map(Object.entries(files)));

  it('are found in the real sources, when one is planted there', () => {
    const sources = readSources();
    expect(findCycles(sources)).toEqual([]);
    const place = 'src-main/features/vault/envelope.ts';
    sources.set(place, use('./vault.ts') + sources.get(place));
    expect(findCycles(sources).map((cycle) => cycle.toSorted())).toContainEqual([
      place,
      'src-main/features/vault/vault.ts',
    ]);
  });

  it.each([
    ['names', `import {\n  one,\n  type Two,\n} from './b.ts';`],
    ['a default', `import one, { type Two } from './b.ts';`],
    ['everything', `import * as all from './b.ts';`],
    ['nothing but its effect', `import './b.ts';`],
    ['what it passes on', `export * from './b.ts';`],
    ['what it asks for later', `const later = () => import('./b.ts');`],
  ])('are found by %s', (_name, code) => {
    const back = `import { a } from '../x/a.ts';`;
    expect(found({ 'x/a.ts': code, 'x/b.ts': back })).toEqual([['x/a.ts', 'x/b.ts']]);
  });

  it('are found across a component, and over more than two files', () => {
    const cycle = found({
      'a.ts': `import A from './A.vue';`,
      'A.vue': `<script setup lang="ts">\nimport { c } from './c.ts';\n</script>`,
      'c.ts': `import { a } from './a.ts';`,
    });
    expect(cycle).toEqual([['a.ts', 'A.vue', 'c.ts']]);
  });

  it('are not what types alone make', () => {
    const files = {
      'a.ts': `import type { B } from './b.ts';\nimport { type C } from './b.ts';\n// import './b.ts';`,
      'b.ts': `import { a } from './a.ts';\nexport type { A } from './a.ts';`,
    };
    expect(found(files)).toEqual([]);
  });
});
