/** Builds the workshop and shows it on PORT (8095): `npm run workshop`. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import './build.mjs';

const here = import.meta.dirname;
const { module } = await runnerImport(join(here, 'server.ts'), { configFile: false, logLevel: 'error' });
const { url } = await module.serve(join(here, 'built'), Number(process.env.PORT ?? 8095));
process.stdout.write(`Workshop ${url}\n`);
