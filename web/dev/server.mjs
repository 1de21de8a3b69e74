/**
 * The built front ends in front of the fake server, for trying things: `npm run build && npm run dev`.
 * Parlor on PORT (8090), a shop page of another origin on PORT + 1; `/say?text=` makes the business answer. The hosted page
 * is at `/` and `/chat/{app}` (fake/page.ts).
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const { module } = await runnerImport(`${web}/dev/fake/http.ts`, { configFile: false, logLevel: 'error' });
const { parlorURL, shopURL } = await module.serve(Number(process.env.PORT ?? 8090));
process.stdout.write(`Parlor ${parlorURL}\nshop   ${shopURL}\n`);
