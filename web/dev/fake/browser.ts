import { vi } from 'vitest';
import { Client, MemoryValues, sessionKey, Storage } from '../../sdk/index.ts';
import type { ClientOptions, Session } from '../../sdk/index.ts';
import { FakeParlor } from './parlor.ts';
import { FakeSocket } from './socket.ts';
import type { FakeNetwork } from './socket.ts';

/** One browser for tests: tabs that share a storage, a network that can fail, and time that a test moves. */
export class FakeBrowser {
  readonly storage = new MemoryValues();
  readonly network: FakeNetwork;

  constructor(readonly server = new FakeParlor(() => Date.now())) {
    this.network = { server, delayMs: 5, down: false, dialed: 0, handovers: 0 };
  }

  /** Opens a tab. What it needs of the page can be given. */
  tab(options: Partial<ClientOptions> = {}): Client {
    return new Client({
      appId: 'app1',
      origin: 'https://chat.example.com',
      storage: this.storage,
      dial: () => new FakeSocket(this.network),
      fetch: (_, init) => this.http(init),
      anonymous: this.server.anonymous,
      random: () => 0.5,
      ...options,
    });
  }

  /** What is stored of messages on their way. */
  stored(prefix: string): string[] {
    return new Storage(this.storage, 'parlor.app1.').keys(prefix);
  }

  get storedSession(): Session | undefined {
    return new Storage(this.storage, 'parlor.app1.').get('session');
  }

  get sessionKey(): string {
    return sessionKey(new Storage(this.storage, 'parlor.app1.'));
  }

  lose(): void {
    this.network.down = true;
    this.server.cut();
  }

  private http(init: RequestInit | undefined): Promise<Response> {
    if (this.network.down) return Promise.reject(new TypeError('network'));
    const headers = init?.headers as Record<string, string>;
    this.server.endSession(headers['Authorization']?.slice('Bearer '.length) ?? '');
    return Promise.resolve(new Response(null, { status: 204 }));
  }
}

/** Lets time pass, and everything that happens in it. */
export async function pass(ms = 100): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** The promise's error once time has passed; fails where it was kept. */
export async function refusal(promise: Promise<unknown>, ms = 100): Promise<Record<string, unknown>> {
  const caught = promise.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => error as Record<string, unknown>,
  );
  await pass(ms);
  return caught;
}
