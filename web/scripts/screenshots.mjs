/** Takes the pictures of the documentation with a built program in a real browser: `make screenshots` runs it. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { web } from './settings.mjs';

await runnerImport(join(web, 'screenshots/main.ts'), { root: web, configFile: false, logLevel: 'error' });
