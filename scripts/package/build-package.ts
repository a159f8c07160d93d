/**
 * The product as it goes into a package, in `build/package`: the three builds without maps, apart from `dist`, so that
 * neither a developer's run nor a test meets it; and the licences of all that is in it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as viteBuild, type UserConfig } from 'vite';
import { builds } from '../../vite.config.ts';
import { buildAlone, checkInterface } from '../build.ts';
import { listInstalled, writeNotices, type Licence } from './third-party-notices.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What is built for a package: the page script is the Chromium host's, which is no part of it. */
const PARTS = { main: 'main', 'electron-preload': 'preload', renderer: 'renderer' } as const;
const LICENCES = 'licences.json';

type Part = keyof typeof PARTS;

export interface PackageBuild {
  readonly hasTraining: boolean;
  /** Where to; the place that electron-builder.yml names by default. */
  readonly target?: string;
  readonly parts?: readonly Part[];
}

/** Puts a file that refuses in the place of the training world, which nothing else imports. */
const withoutTraining: UserConfig = {
  resolve: {
    alias: [
      {
        find: /^.*\/compose-training-ports\.ts$/,
        replacement: join(root, 'src-main/hosts/without-training.ts'),
      },
    ],
  },
};

async function buildPart(name: Part, target: string, hasTraining: boolean): Promise<readonly Licence[]> {
  const config = builds[name];
  const outDir = join(target, 'dist', PARTS[name]);
  await viteBuild({
    ...{ configFile: false, logLevel: 'warn', mode: 'production' },
    ...config,
    ...(hasTraining || name !== 'main' ? {} : withoutTraining),
    build: { ...config.build, outDir, emptyOutDir: true, sourcemap: false, license: { fileName: LICENCES } },
  });
  if (name === 'renderer') checkInterface(outDir);
  const list = join(outDir, LICENCES);
  const licences = JSON.parse(readFileSync(list, 'utf8')) as Licence[];
  rmSync(list);
  return licences;
}

/** Builds the product for a package; gives the third parties whose code or fonts it holds. */
export async function buildForPackage(options: PackageBuild): Promise<readonly Licence[]> {
  const { hasTraining, target = join(root, 'build/package'), parts = Object.keys(PARTS) as Part[] } = options;
  await buildAlone(async () => void (await import('../compile-schemas.ts')));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const bundled = await Promise.all(parts.map((name) => buildPart(name, target, hasTraining)));
  const licences = [...bundled.flat(), ...listInstalled(root)];
  writeFileSync(join(target, 'THIRD-PARTY-NOTICES.txt'), writeNotices(licences));
  return licences;
}
