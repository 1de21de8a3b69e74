import { defineConfig } from 'vitest/config';

/** Tests in a real browser: one file after the other, on built front ends. Waiting is for states, and these are its bounds. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000, interval: 50 } },
  },
});
