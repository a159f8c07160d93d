import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const resolver = createNodeResolver({ extensions: ['.ts', '.vue', '.js'] });

/** The design's import rules (README, "Map of the folders"): who may import what. */
const zones = [
  {
    target: './src-renderer',
    from: './src-main',
    except: ['./contract'],
    message: 'The renderer imports from main only src-main/contract.',
  },
  {
    target: './src-main/contract',
    from: ['./src-main/{app,ers,features,training-service,adapters,hosts}/**', './src-renderer/**'],
    message: 'contract/ imports only the schema library and the time library.',
  },
  {
    target: './src-main/ers',
    from: [
      './src-main/{features,training-service,adapters,hosts}/**',
      './src-main/app/{create-app,door,database-steps}.ts',
    ],
    message: 'ers/ knows no feature.',
  },
  {
    target: './src-main/features',
    from: ['./src-main/{training-service,adapters,hosts}/**', './src-main/ers/{transport,dialects}/**'],
    message: 'Features know e-RS through its client and operations, and the outside world through ports.',
  },
  {
    target: './src-main/training-service',
    from: [
      './src-main/{features,adapters,hosts}/**',
      './src-main/ers/{operations,dialects,fhir,transport}/**',
    ],
    message: 'The training service is written apart from the client, so that each can catch the other.',
  },
  { target: './src-main', from: './src-renderer', message: 'Main never imports the renderer.' },
];

const noDefault = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only.',
};
const noDate = {
  selector: "NewExpression[callee.name='Date'], MemberExpression[object.name='Date'][property.name='now']",
  message: 'Times come from src-main/contract/london-time.ts and the Clock port.',
};
const noFloatingTimer = {
  selector: 'ThrowStatement > Literal',
  message: 'Throw errors, not texts.',
};

const electronOnly = {
  paths: [
    { name: 'electron', message: 'electron is imported only in hosts/electron and adapters/electron.' },
  ],
};
const schemaLibrary = {
  name: 'typebox',
  message: 'Schemas are compiled by npm run schemas; import the generated validators.',
  allowTypeImports: true,
};
/** Another feature, as a file of a feature names it: one folder up, two from a folder inside a feature. */
const otherFeature = (up) => ({
  regex: `^(\\.\\./){${up}}[a-z-]+/`,
  message: 'Features know each other through create-app.ts only (types may cross).',
  allowTypeImports: true,
});

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'out/', 'coverage/', 'node_modules/'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,js,vue}'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [resolver], 'import-x/extensions': ['.ts', '.vue', '.js'] },
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        ecmaVersion: 'latest',
        sourceType: 'module',
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // Circular imports: scripts/check-cycles.ts, which reads each file once.
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'no-restricted-syntax': ['error', noDefault, noDate, noFloatingTimer],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [...electronOnly.paths, schemaLibrary] },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-console': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    files: ['src-main/features/*/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [...electronOnly.paths, schemaLibrary], patterns: [otherFeature(1)] },
      ],
    },
  },
  {
    files: ['src-main/features/*/*/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [...electronOnly.paths, schemaLibrary], patterns: [otherFeature(2)] },
      ],
    },
  },
  {
    files: [
      'src-main/contract/schema.ts',
      'src-main/contract/channels/**',
      'src-main/ers/fhir/wire-schemas.ts',
      'src-main/features/outbox/record-schemas.ts',
      'src-main/features/outbox/record-parts.ts',
      'src-main/features/outbox/*-records.ts',
      'src-main/features/read-cache/remembered-schemas.ts',
      'src-main/features/kept-records/kept-schemas.ts',
      'src-main/features/settings/settings-schemas.ts',
      'src-main/features/letters/printing/print-schemas.ts',
    ],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', electronOnly] },
  },
  {
    files: ['src-main/hosts/electron/**', 'src-main/adapters/electron/**', 'test/hosts/electron/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['src-main/{app,contract,ers,features,training-service,adapters}/**', 'src-renderer/**'],
    ignores: ['src-main/adapters/electron/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'ipcMain' }, { name: 'ipcRenderer' }],
    },
  },
  {
    // Composition roots and factories read top to bottom: closures over their parts, one after the other.
    files: [
      'src-main/**/create-*.ts',
      'src-main/features/**/*.ts',
      'src-renderer/**/*.store.ts',
      'src-renderer/**/*.vue',
    ],
    rules: { 'max-lines-per-function': ['error', { max: 130, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src-main/app/create-app.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 180, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src-main/adapters/node/system-clock.ts', 'src-main/contract/london-time.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefault] },
  },
  {
    // Each is loaded by its default export.
    files: [
      'eslint.config.js',
      'scripts/second-tries-reporter.ts',
      'src-renderer/env.d.ts',
      'vite.config.ts',
      'vitest.config.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**', 'scripts/**'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
);
