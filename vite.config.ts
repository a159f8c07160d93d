/**
 * The builds: main (ES module for Electron), the two preloads (single files), and the interface. `--mode` names the
 * one to make; `scripts/build.ts` makes all of them.
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('./', import.meta.url));
// A slow machine is no fault of the build.
const checks = { pluginTimings: false };
const outside = ['electron', /^node:/, ...builtinModules];

const REMOTE_FONT = /@font-face\s*\{[^}]*url\(\s*["']?https?:[^}]*\}/g;
/** A query for Internet Explorer alone, which the CSS minifier cannot read; a medium that no screen is, instead. */
const OLD_BROWSER_QUERY = /@media screen\\0 /g;
/** A container query without a condition, which the minifier cannot read either; one that always holds, instead. */
const BARE_CONTAINER_QUERY = /@container ([\w-]+)\s*\{/g;
const OWN_IMAGE = /url\(\s*["']?\/assets\/images\//g;

/**
 * Makes the styles of nhsuk-frontend serve themselves: takes out the `@font-face` rules that point to another host
 * (the system's font is used), and finds the images that they expect at the root of a site.
 */
export function adaptNhsukStyles(): Plugin {
  const openUrl = (rule: string) => (rule.includes('"') ? 'url("' : rule.includes("'") ? "url('" : 'url(');
  return {
    name: 'adapt-nhsuk-styles',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css($|\?)/ },
      handler: (code) =>
        code
          .replace(REMOTE_FONT, '')
          .replace(OLD_BROWSER_QUERY, '@media tty ')
          .replace(BARE_CONTAINER_QUERY, '@container $1 (width >= 0){')
          .replace(OWN_IMAGE, (rule) => `${openUrl(rule)}nhsuk-frontend/dist/nhsuk/assets/images/`),
    },
  };
}

const main: UserConfig = {
  root,
  build: {
    ssr: true,
    outDir: 'dist/main',
    target: 'node24',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      checks,
      // A native library is found beside the product, not in it.
      external: [...outside, 'koffi'],
      // The thread that reads letters and the process that looks at card readers are files of their own, beside main.
      input: {
        main: 'src-main/hosts/electron/main.ts',
        'pdf-reader-worker': 'src-main/adapters/node/pdf-reader-worker.ts',
        'reader-process': 'src-main/adapters/smartcard/reader-process.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true },
};

const electronPreload: UserConfig = {
  root,
  build: {
    ssr: 'src-main/hosts/electron/preload.ts',
    outDir: 'dist/preload',
    target: 'chrome150',
    emptyOutDir: false,
    rolldownOptions: {
      checks,
      external: outside,
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
  ssr: { noExternal: true },
};

const pageScript: UserConfig = {
  root,
  build: {
    outDir: 'dist/preload',
    target: 'chrome150',
    emptyOutDir: false,
    rolldownOptions: {
      checks,
      input: 'src-main/hosts/chromium/page-script.ts',
      output: { format: 'iife', entryFileNames: 'page-script.js', codeSplitting: false },
    },
  },
};

const renderer: UserConfig = {
  root: `${root}src-renderer`,
  publicDir: false,
  plugins: [adaptNhsukStyles(), vue()],
  css: { lightningcss: { errorRecovery: true } },
  worker: { format: 'es' },
  build: {
    outDir: `${root}dist/renderer`,
    target: 'chrome150',
    emptyOutDir: true,
    sourcemap: true,
    // Fonts and workers must be files of their own: the policy allows 'self' and no data: for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks,
      // The interface, and the page that prints a letter where only Electron can.
      input: [`${root}src-renderer/index.html`, `${root}src-renderer/print.html`],
    },
  },
};

/** The builds by the name that `--mode` takes. */
export const builds = { main, 'electron-preload': electronPreload, 'page-script': pageScript, renderer };

export type BuildName = keyof typeof builds;

export const buildNames = Object.keys(builds) as BuildName[];

export default defineConfig(({ mode }) => {
  const chosen = buildNames.find((name) => name === mode);
  return { configFile: false, ...builds[chosen ?? 'renderer'] };
});
