import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' };

/** The policy of the messenger's frame, as internal/site gives it to a page of this origin (e2e/workshop.test.ts compares them). */
export function framePolicy(origin: string): string {
  return [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'",
    "img-src 'self' data: blob:", `connect-src 'self' ${origin.replace(/^http/, 'ws')}`, "base-uri 'none'", "form-action 'self'", "object-src 'none'",
    "require-trusted-types-for 'script'", `frame-ancestors ${origin}`,
  ].join('; ');
}

/** What a careful host page asks for: nothing but itself, as everything is of one origin here. */
const hostPolicy = "default-src 'self'; require-trusted-types-for 'script'";

export interface Workshop {
  url: string;
  close(): void;
}

/** Serves a built workshop on this machine alone; `port` 0: any. */
export async function serve(folder: string, port = 0): Promise<Workshop> {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://workshop');
    const name = pathname === '/' ? 'index.html' : normalize(pathname).slice(1);
    const path = join(folder, name);
    const type = types[extname(path)];
    if (!type || !existsSync(path)) return void answer.writeHead(404).end();
    answer.setHeader('Content-Type', type);
    answer.setHeader('X-Content-Type-Options', 'nosniff');
    answer.setHeader('Cache-Control', name.startsWith('assets/') ? 'max-age=3600' : 'no-cache');
    answer.setHeader('Content-Security-Policy', name === 'frame.html' ? framePolicy(url) : hostPolicy);
    createReadStream(path).pipe(answer);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
