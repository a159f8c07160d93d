import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['test/**/*.test.ts'],
    // E2E suites share one Chromium-sized machine: two at a time is what two cores bear.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    coverage: { include: ['src-main/**', 'src-renderer/**'] },
  },
});
