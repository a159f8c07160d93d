/** The Electron host with its application elsewhere, in `build/e2e-electron`, made once a run. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as viteBuild } from 'vite';
import { buildIfStale } from '../../../scripts/build.ts';
import { builds } from '../../../vite.config.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const instead = (file: string) => join(root, 'test/support/electron', file);

/** Builds it into a folder; gives the entry for Electron. */
export async function buildRemoteHost(target: string): Promise<string> {
  await buildIfStale(['electron-preload', 'renderer']);
  const { main } = builds;
  await viteBuild({
    ...{ configFile: false, logLevel: 'warn', mode: 'production' },
    ...main,
    resolve: {
      alias: [
        { find: /^.*\/app\/create-app\.ts$/, replacement: instead('remote-app.ts') },
        { find: /^.*\/compose-ports\.ts$/, replacement: instead('remote-ports.ts') },
      ],
    },
    build: {
      ...main.build,
      ...{ outDir: join(target, 'main'), emptyOutDir: true },
      rolldownOptions: { ...main.build?.rolldownOptions, input: { main: 'src-main/hosts/electron/main.ts' } },
    },
  });
  for (const part of ['preload', 'renderer'])
    cpSync(join(root, 'dist', part), join(target, part), { recursive: true });
  return join(target, 'main/main.js');
}
