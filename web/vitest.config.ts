import { defineConfig } from 'vitest/config';

/** Tests without a browser: they stand beside what they test. */
export default defineConfig({
  test: { include: ['{sdk,ui,widget,page,console,preview,reference,npm}/**/*.test.ts'], environment: 'node' },
});
