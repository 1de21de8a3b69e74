import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App, Key } from './program.ts';

/** Signs claims with HS256 as any library would: the tests of libraries are in tokens.test.ts. */
export function signed(claims: object, key: Key, header: object = { alg: 'HS256', typ: 'JWT', kid: key.id }): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key.secret).update(text).digest('base64url')}`;
}

/** Now, in the seconds of JWTs. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** A token of the sdk door for the person, good for `life` seconds. */
export function tokenOf(externalId: string, key: Key, life = 3600, more: object = {}): string {
  return signed({ scope: 'user', external_id: externalId, iat: now(), exp: now() + life, ...more }, key);
}

/**
 * A company that has Parlor on its page: a web server on another site than Parlor's (localhost, where Parlor is 127.0.0.1),
 * with the strictest policy that a page can have. `POST /token` answers what {@link token} gives.
 *
 * The query of the page: `init` is what it hands to Smooch.init as JSON (without it, nothing); with `delegate` it sets an
 * onInvalidAuth that asks `/token`; `dir` is the direction of writing, `lang` the language.
 */
export class Company {
  /** What the backend answers when the page asks for a token; a failure is a 500. */
  token: () => string = () => {
    throw new Error('nobody is signed in');
  };
  /** How often it was asked. */
  asked = 0;
  /** What browsers reported of the page's policy. */
  readonly reports: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly parlor: string,
    private readonly app: App,
  ) {}

  static async open(parlor: string, app: App): Promise<Company> {
    const server = createServer((request, answer) => company.answer(request, answer));
    const company = new Company(server, parlor, app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return company;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The address of the page that begins the chat by itself. */
  page(options: object = {}, query = ''): string {
    const init = JSON.stringify({ integrationId: this.app.integrationId, businessName: 'Fernhill', ...options });
    return `${this.url}/?init=${encodeURIComponent(init)}&${query}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(request: IncomingMessage, answer: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    switch (pathname) {
      case '/':
        return this.answerPage(answer, searchParams.get('dir') === 'rtl' ? 'rtl' : 'ltr', searchParams.get('lang') ?? 'en');
      case '/page.js':
        answer.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
        return;
      case '/token':
        return this.answerToken(answer);
      case '/reports': {
        let text = '';
        request.on('data', (more: Buffer) => (text += more.toString()));
        request.on('end', () => {
          this.reports.push(text);
          answer.writeHead(204).end();
        });
        return;
      }
      default:
        answer.writeHead(404).end();
    }
  }

  private answerPage(answer: ServerResponse, direction: string, language: string): void {
    const policy = [
      "default-src 'self'",
      `script-src 'self' ${this.parlor}`,
      `connect-src 'self' ${this.parlor}`,
      `frame-src ${this.parlor}`,
      "base-uri 'none'; object-src 'none'; form-action 'none'",
      "require-trusted-types-for 'script'; trusted-types 'none'",
      'report-uri /reports',
    ];
    answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy.join('; ') });
    const filler = '<p>Ferns, mosses and everything that likes the shade. Sent by post, with care instructions for each plant.</p>'.repeat(30);
    answer.end(
      `<!doctype html><html lang="${language}" dir="${direction}"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fernhill</title>` +
        `<link rel="icon" href="/none"><script src="${this.parlor}/smooch.js" defer></script><script src="/page.js" defer></script></head>` +
        `<body><main><h1>Fernhill plants</h1><a href="#first">First plant</a>${filler}</main></body></html>`,
    );
  }

  private answerToken(answer: ServerResponse): void {
    this.asked += 1;
    let token: string;
    try {
      token = this.token();
    } catch {
      answer.writeHead(500).end();
      return;
    }
    answer.writeHead(200, { 'Content-Type': 'text/plain' }).end(token);
  }
}

/** All that the company's page does. */
const script = `
const query = new URLSearchParams(location.search);
const delegate = {
  async onInvalidAuth() {
    const answer = await fetch('/token', { method: 'POST' });
    if (!answer.ok) throw new Error('nobody is signed in');
    return answer.text();
  },
};
window.heard = [];
for (const name of ['connected', 'disconnected', 'reconnecting', 'unreadCount', 'typing:start', 'typing:stop', 'message', 'message:sent', 'message:received', 'conversation:read', 'conversation:added', 'conversation:removed', 'participant:added', 'participant:removed', 'widget:opened', 'widget:closed']) {
  Smooch.on(name, (...args) => window.heard.push({ name, args: JSON.parse(JSON.stringify(args)) }));
}
if (query.has('init')) {
  const options = JSON.parse(query.get('init'));
  window.began = Smooch.init(query.has('delegate') ? { ...options, delegate } : options);
  window.began.catch(() => undefined);
}
`;
