import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest suites, longest first: begun last, one of them would run alone at the end. */
const LONG = ['/test/e2e/screens/', '/test/faults/', '/test/simulation/', '/test/e2e/', '/test/hosts/'];

const rank = ({ moduleId }: TestSpecification) => {
  const place = LONG.findIndex((folder) => moduleId.includes(folder));
  return place === -1 ? LONG.length : place;
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Suites of pure functions and of applications that each test makes for itself: they share a process. */
const SHARED = ['app', 'conformance', 'contract', 'ers', 'features', 'training-service'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** The suites in Electron itself run where its binary is (`npm run test:electron`). */
const E2E = [
  'test/e2e/**/*.test.ts',
  ...(process.env['E2E_HOST'] === 'electron' ? ['test/electron/*.electron.ts'] : []),
];

export default defineConfig({
  plugins: [vue()],
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [...SHARED, ...E2E] },
      },
      // A browser on a loaded machine may be late: once more then, and the end of the run names the test.
      { extends: true, test: { name: 'e2e', include: E2E, retry: process.env['CI'] === 'true' ? 1 : 0 } },
      { extends: true, test: { name: 'shared', include: SHARED, isolate: false } },
    ],
    sequence: { sequencer: LongestFirst },
    // E2E suites share one Chromium-sized machine: two at a time is what two cores bear.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    coverage: { include: ['src-main/**', 'src-renderer/**'] },
  },
});
