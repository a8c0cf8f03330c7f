import { defineConfig } from 'vitest/config';

/** The long seeded runs: `npm run test:property`. Every run prints its seed; `SEED=n` repeats it. */
export default defineConfig({
  test: {
    setupFiles: ['test/support/load-compiler.ts'],
    include: ['test/**/*.property.ts'],
    pool: 'forks',
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
  },
});
