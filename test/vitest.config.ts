import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // They need an OpenSSH server and FRRouting: npm run test:ssh.
    exclude: ['test/ssh/**', 'node_modules/**'],
    testTimeout: 60_000,
    pool: 'threads',
  },
});
