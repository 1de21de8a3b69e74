import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** What becomes of WebSockets on the way: some proxies refuse their handshake, and some never answer it. */
export type WebSockets = 'pass' | 'refused' | 'unanswered';

/**
 * The line between the browsers and Parlor, which a test can cut as a tunnel does. Bytes pass as they are, so that it is also
 * a proxy to them: what a browser would say to one, Parlor understands.
 */
export class Wire {
  webSockets: WebSockets = 'pass';
  /** How many handshakes of WebSockets did not get through. */
  stopped = 0;
  private readonly ends = new Set<Socket>();
  private isCut = false;

  private constructor(private readonly server: Server) {}

  /** Lays a line to the address, host:port. */
  static async lay(to: string): Promise<Wire> {
    const [host, port] = to.split(':') as [string, string];
    const server = createServer((near) => {
      if (wire.isCut) return void near.destroy();
      wire.hold(near);
      near.once('data', (first: Buffer) => {
        if (wire.stops(first)) return wire.stop(near);
        const far = connect(Number(port), host);
        far.write(first);
        wire.join(near, far);
      });
    });
    const wire = new Wire(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection and lets no new one through. */
  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): Promise<void> {
    this.cut();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private stops(first: Buffer): boolean {
    return this.webSockets !== 'pass' && /^(CONNECT |Upgrade: websocket)/im.test(first.toString('latin1'));
  }

  private stop(near: Socket): void {
    this.stopped += 1;
    if (this.webSockets === 'refused') near.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  }

  private hold(end: Socket): void {
    this.ends.add(end);
    end.setNoDelay(true);
    end.on('error', () => end.destroy());
    end.on('close', () => this.ends.delete(end));
  }

  private join(near: Socket, far: Socket): void {
    this.hold(far);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      end.on('close', () => other.destroy());
      end.pipe(other);
    }
  }
}
