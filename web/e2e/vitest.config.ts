import { defineConfig } from 'vitest/config';
import { patience } from './browser.ts';

/** Tests in a real browser: one file after the other, on built front ends. Waiting is for states, and these are its bounds. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: patience, interval: 50 } },
  },
});
