import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

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

  it('find a circular import', async () => {
    expect(await faultsOf('src-main/features/vault/envelope.ts', use('./vault.ts'))).toContain(
      'import-x/no-cycle',
    );
  });
});
