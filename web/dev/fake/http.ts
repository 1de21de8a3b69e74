import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { answerPage, configOf, cookieOf, pagePolicy } from './page.ts';
import { FakeParlor, token } from './parlor.ts';
import type { FakeLine } from './parlor.ts';

const built = fileURLToPath(new URL('../../embedded/', import.meta.url));
const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' };

const framePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

export interface Served {
  parlor: FakeParlor;
  parlorURL: string;
  shopURL: string;
  close(): Promise<void>;
}

/** Serves the fake with the built files on `port`, and a host page of another origin on the next. */
export async function serve(port: number): Promise<Served> {
  const parlor = new FakeParlor();
  const front = createServer((request, answer) => {
    void answerPage(parlor, request, answer).then((isDone) => isDone || answerParlor(parlor, request, answer));
  });
  const sockets = new WebSocketServer({ server: front });
  sockets.on('connection', (socket, request) => {
    const line: FakeLine = {
      send: (frames) => socket.send(JSON.stringify(frames)),
      close: (code, reason) => (code === 1006 ? socket.terminate() : socket.close(code, reason)),
    };
    socket.on('message', (data: Buffer) => parlor.receive(line, JSON.parse(data.toString()) as Record<string, unknown>, cookieOf(request, request.url?.split('/')[4] ?? '') ?? ''));
    socket.on('close', () => parlor.lines.delete(line));
  });
  const shop = createServer((request, answer) => answerShop(port, request, answer));
  await Promise.all([listen(front, port), listen(shop, port + 1)]);
  return {
    parlor,
    parlorURL: `http://127.0.0.1:${port}`,
    shopURL: `http://localhost:${port + 1}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await Promise.all([front, shop].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => server.listen(port, resolve));
}

function answerParlor(parlor: FakeParlor, request: IncomingMessage, answer: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://parlor');
  answer.setHeader('Access-Control-Allow-Origin', '*');
  answer.setHeader('Access-Control-Allow-Headers', 'authorization');
  answer.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
  const config = /^\/sdk\/v1\/apps\/([^/]+)\/config$/.exec(pathname);
  if (config?.[1] === 'nope') return json(answer, 404, { errors: [{ code: 'app_not_found', title: 'There is no such app.' }] });
  if (config?.[1]) return json(answer, 200, configOf(parlor, config[1]));
  if (pathname === '/sdk/v1/config') return json(answer, 200, configOf(parlor, 'app1'));
  if (pathname.endsWith('/sessions/current')) {
    parlor.endSession(request.headers.authorization?.slice('Bearer '.length) ?? '');
    answer.writeHead(204).end();
    return;
  }
  if (pathname === '/say') {
    const conversation = searchParams.get('to') ?? parlor.conversations.at(-1)?.state.id;
    if (conversation) parlor.say(conversation, searchParams.get('text') ?? 'Hello');
    return json(answer, 200, {});
  }
  if (pathname.startsWith('/frame/')) {
    answer.setHeader('Content-Security-Policy', framePolicy);
    return file(answer, 'frame.html');
  }
  if (pathname === '/' || pathname.startsWith('/chat/')) {
    answer.setHeader('Content-Security-Policy', pagePolicy);
    answer.setHeader('Referrer-Policy', 'no-referrer');
    return file(answer, 'page.html');
  }
  file(answer, pathname.slice(1));
}

function file(answer: ServerResponse, name: string): void {
  const path = join(built, name);
  if (!path.startsWith(built) || !existsSync(path) || !extname(path)) {
    answer.writeHead(404).end();
    return;
  }
  answer.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
  answer.setHeader('X-Content-Type-Options', 'nosniff');
  createReadStream(path).pipe(answer);
}

function json(answer: ServerResponse, status: number, body: unknown): void {
  answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** A host page whose policy forbids everything but itself and Parlor. Its query is what it passes to `init`, as JSON. */
function answerShop(port: number, request: IncomingMessage, answer: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
  const parlor = `http://127.0.0.1:${port}`;
  if (pathname === '/token') {
    const exp = searchParams.get('ttl') ? Math.floor(Date.now() / 1000) + Number(searchParams.get('ttl')) : undefined;
    return json(answer, 200, { token: token({ external_id: searchParams.get('id') ?? '', name: searchParams.get('name') ?? undefined, refused: searchParams.get('refused') ?? undefined, exp }) });
  }
  if (pathname === '/shop.js') {
    answer.writeHead(200, { 'Content-Type': 'text/javascript' });
    answer.end("const query = new URLSearchParams(location.search);\nif (query.has('init')) window.began = Smooch.init(JSON.parse(query.get('init')));\n");
    return;
  }
  const policy = `default-src 'self'; script-src 'self' ${parlor}; connect-src 'self' ${parlor}; frame-src ${parlor}; style-src 'self'; require-trusted-types-for 'script'`;
  answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy });
  const filler = '<p>Ferns, mosses and everything that likes the shade. Sent by post, with care instructions for each plant.</p>'.repeat(30);
  answer.end(
    `<!doctype html><html lang="en" dir="${searchParams.get('dir') ?? 'ltr'}"><meta name="viewport" content="width=device-width"><title>Fernhill</title><h1>Fernhill plants</h1><div id="place"></div>${filler}<script src="${parlor}/smooch.js"></script><script src="/shop.js"></script></html>`,
  );
}
