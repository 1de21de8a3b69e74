/**
 * A company's program that webhooks call, on loopback. It keeps every event that it took, and may be told to refuse, or
 * not be there at all.
 */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  id: string;
  type: string;
  payload: Record<string, unknown>;
}

export class Receiver {
  readonly events: Told[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  status = 200;
  private server: Server | undefined;
  private waiting: { until: () => boolean; done: () => void }[] = [];

  private constructor(private port: number) {}

  static async create(): Promise<Receiver> {
    const receiver = new Receiver(0);
    await receiver.open();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/events`;
  }

  /** Listens, after {@link close} on the same port as before. */
  async open(): Promise<void> {
    const server = createServer((call, answer) => {
      const parts: Buffer[] = [];
      call.on('data', (part: Buffer) => parts.push(part));
      call.on('end', () => {
        this.headers.push(call.headers);
        if (this.status < 300) this.events.push(...(JSON.parse(Buffer.concat(parts).toString()) as { events: Told[] }).events);
        answer.writeHead(this.status).end();
        this.waiting = this.waiting.filter(({ until, done }) => {
          if (until()) done();
          return !until();
        });
      });
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }

  /** Waits until what came satisfies the caller; fails with what did come. */
  async until(what: string, satisfied: () => boolean, withinMs = 60_000): Promise<void> {
    if (satisfied()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${what} did not come; ${this.events.length} events did`)), withinMs);
      this.waiting.push({
        until: satisfied,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
      });
    });
  }
}
