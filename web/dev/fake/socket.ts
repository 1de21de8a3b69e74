import type { SocketLike } from '../../sdk/index.ts';
import type { FakeLine, FakeParlor } from './parlor.ts';

/** The network between in-process sockets and a fake server: it takes a while, and can be down. */
export interface FakeNetwork {
  server: FakeParlor;
  delayMs: number;
  down: boolean;
  /** Sockets that were tried, also in vain. */
  dialed: number;
  /** How often the browser's way to the network was another one: sockets of before live on and carry nothing any more. */
  handovers: number;
}

/** A WebSocket that talks to the fake in the same process, after a delay each way. */
export class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  private open = false;
  private readonly line: FakeLine;
  private readonly way: number;

  constructor(private readonly network: FakeNetwork) {
    network.dialed++;
    this.way = network.handovers;
    this.line = {
      send: (frames) => this.later(() => this.call(this.onmessage, { data: JSON.stringify(frames) })),
      close: (code, reason) => this.later(() => this.end(code, reason)),
    };
    this.later(() => {
      if (network.down) return this.end(1006);
      this.open = true;
      this.call(this.onopen, {});
    });
  }

  send(text: string): void {
    this.later(() => {
      if (this.open && !this.network.down) this.network.server.receive(this.line, JSON.parse(text) as Record<string, unknown>);
    });
  }

  close(): void {
    this.open = false;
    this.network.server.lines.delete(this.line);
  }

  private end(code: number, reason = ''): void {
    this.open = false;
    this.network.server.lines.delete(this.line);
    this.call(this.onclose, { code, reason });
  }

  private call(handler: ((event: never) => void) | null, event: object): void {
    handler?.(event as never);
  }

  private later(run: () => void): void {
    const { network } = this;
    setTimeout(() => network.handovers === this.way && run(), network.delayMs);
  }
}
