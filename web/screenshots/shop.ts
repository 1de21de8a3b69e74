/** The page of the shop on the pictures. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawings } from './drawings.ts';

export interface ShopPage {
  /** Handed to `Smooch.init`. */
  options: object;
  language?: string;
  dark?: boolean;
}

const css = `
:root { color-scheme: light; font: 17px/1.6 system-ui, sans-serif; color: #1d2a24; background: #f6f4ee; }
.dark { color-scheme: dark; color: #e8ede9; background: #101613; }
body { margin: 0; }
header { display: flex; gap: 36px; align-items: center; padding: 26px 64px; font-size: 16px; }
header b { font-size: 21px; letter-spacing: -.02em; margin-inline-end: auto; }
header i { font-style: normal; padding: 9px 18px; border-radius: 99px; background: #1f6f4a; color: #fff; }
main { padding: 28px 64px; }
h1 { margin: 0 0 18px; max-width: 12ch; font-size: 68px; line-height: 1.03; letter-spacing: -.045em; font-weight: 700; }
p { max-width: 44ch; margin: 0 0 34px; color: #52625a; font-size: 18px; }
.dark p, .dark small { color: #9fb0a6; }
section { display: grid; grid-template-columns: repeat(3, 240px); gap: 24px; }
article svg { display: block; inline-size: 100%; border-radius: 20px; }
article { font-weight: 600; }
small { display: block; font-size: 15px; font-weight: 400; color: #66756d; }
svg { margin-block-end: 10px; }
@media (max-width: 600px) { header, main { padding: 20px; } header span { display: none; } h1 { font-size: 44px; } section { grid-template-columns: 1fr 1fr; } }`;

const plants = [
  ['monstera', 'Monstera', 'Easy, likes company'],
  ['calathea', 'Calathea', 'For the bathroom'],
  ['fern', 'Sword fern', 'Shade is fine'],
] as const;

export class Shop {
  private constructor(
    private readonly server: Server,
    private readonly pages: Map<string, string>,
    private readonly parlor: string,
  ) {}

  static async open(parlor: string): Promise<Shop> {
    const pages = new Map<string, string>();
    const server = createServer(({ url = '' }, answer) => {
      const page = pages.get(url);
      answer.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Shop(server, pages, parlor);
  }

  /** The address of a page with the chat. */
  page({ options, language = 'en', dark = false }: ShopPage): string {
    const path = `/${this.pages.size}`;
    const shelf = plants.map(([name, title, about]) => `<article>${drawings[name]}${title}<small>${about}</small></article>`).join('');
    this.pages.set(
      path,
      `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}" class="${dark ? 'dark' : ''}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fernhill</title><style>${css}</style>` +
        `<header><b>Fernhill</b><span>Plants</span><span>Pots</span><span>Care</span><i>Ana’s basket</i></header><main><h1>Green for every corner.</h1>` +
        `<p>House plants by post, with somebody at hand who knows yours by name.</p><section>${shelf}</section></main>` +
        `<script src="${this.parlor}/smooch.js"></script><script>window.began = Smooch.init(${JSON.stringify(options)});</script></html>`,
    );
    return `http://localhost:${(this.server.address() as AddressInfo).port}${path}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
