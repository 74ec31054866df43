import { defineConfig } from 'vitest/config';

/** Tests against real servers: `npm run test:ssh`. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/ssh/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'threads',
  },
});
