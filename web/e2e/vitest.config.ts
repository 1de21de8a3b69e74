import { defineConfig } from 'vitest/config';

/** Tests in a real browser: one after the other, on built front ends. */
export default defineConfig({
  test: { include: ['e2e/**/*.test.ts'], environment: 'node', fileParallelism: false, testTimeout: 30_000, hookTimeout: 60_000 },
});
