import { defineConfig } from 'vitest/config';

/** The fast suite. What starts threads or processes is tested from `dist/`, which `npm test` builds first. */
export default defineConfig({
  test: {
    setupFiles: ['test/support/load-compiler.ts'],
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Many of these tests wait for processes of their own: more at once than there are cores.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
