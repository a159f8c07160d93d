/**
 * The builds: main (ES module for Electron), the two preloads (single files), and the interface. `--mode` names the
 * one to make; `scripts/build.ts` makes all of them.
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('./', import.meta.url));
const outside = ['electron', /^node:/, ...builtinModules];

/** Takes out `@font-face` rules that point to another host: nothing is requested, the system's font is used. */
export function dropRemoteFonts(): Plugin {
  return {
    name: 'drop-remote-fonts',
    enforce: 'pre',
    transform: {
      filter: { id: /\.css($|\?)/ },
      handler: (code) => code.replace(/@font-face\s*\{[^}]*url\(\s*["']?https?:[^}]*\}/g, ''),
    },
  };
}

const main: UserConfig = {
  root,
  build: {
    ssr: 'src-main/hosts/electron/main.ts',
    outDir: 'dist/main',
    target: 'node24',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: { external: outside, output: { format: 'es', entryFileNames: 'main.js' } },
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
      input: 'src-main/hosts/chromium/page-script.ts',
      output: { format: 'iife', entryFileNames: 'page-script.js', codeSplitting: false },
    },
  },
};

const renderer: UserConfig = {
  root: `${root}src-renderer`,
  publicDir: false,
  plugins: [dropRemoteFonts(), vue()],
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
