import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Page } from 'playwright-core';

/** A certified provider of OpenID Connect on this machine. Whatever name somebody gives, it knows them, and vouches for an address of the company. */
export class Login {
  static readonly client = { id: 'parlor', secret: 'a secret of the client, long enough for it' };
  /** What its pages would like to look like, which they do without. */
  static readonly font = 'https://fonts.googleapis.com/';
  private answer: RequestListener = (_, response) => void response.writeHead(503).end();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Login> {
    const login: Login = new Login(createServer((request, response) => login.answer(request, response)));
    await new Promise<void>((resolve) => login.server.listen(0, '127.0.0.1', resolve));
    return login;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Begins to work, for the server that has people brought back to the address. */
  begin(redirect: string): void {
    const provider = new Provider(this.url, {
      clients: [{ client_id: Login.client.id, client_secret: Login.client.secret, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      findAccount: (_: unknown, name: string) => ({ accountId: name, claims: () => ({ sub: name, email: `${name}@fernhill.example`, email_verified: true, name }) }),
      pkce: { required: () => true },
      cookies: { keys: ['of the tests alone'] },
    });
    this.answer = provider.callback();
  }

  /** Shows the provider, on its own pages, who one is, and lets it tell. */
  async signIn(page: Page, name: string): Promise<void> {
    await page.waitForURL(`${this.url}/interaction/**`);
    await page.getByPlaceholder('Enter any login').fill(name);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
