/** Measures the messenger of a built program in a real browser: `make bench` runs it (docs/benchmarks.md). */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { web } from './settings.mjs';

await runnerImport(join(web, 'bench/messenger.ts'), { root: web, configFile: false, logLevel: 'error' });
