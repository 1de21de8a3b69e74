import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const startsWithinMs = 20_000;
const stopsWithinMs = 20_000;
const run = promisify(execFile);

/** The program to test: the one that PARLOR_BINARY names, else bin/parlor of this repository. */
export function binary(): string {
  const path = process.env['PARLOR_BINARY'] ?? fileURLToPath(new URL('../../bin/parlor', import.meta.url));
  if (!existsSync(path)) throw new Error(`there is no ${path}: run make build, or name a program in PARLOR_BINARY`);
  return path;
}

/** A key as the command line hands it out. */
export interface Key {
  id: string;
  secret: string;
}

/** An app as the command line made it. */
export interface App {
  id: string;
  integrationId: string;
}

/**
 * `parlor serve` on a data folder of its own, with whatever the command line made there before it began. The rates that
 * bound strangers are off, since all tests come from one address.
 */
export class Program {
  private process: ChildProcess | undefined;
  private said = '';
  private printed = '';

  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** A fresh data folder, and nothing running yet. Settings are those of the environment. */
  static async create(settings: Record<string, string> = {}): Promise<Program> {
    return new Program(await freeAddress(), await mkdtemp(join(tmpdir(), 'parlor-e2e-')), settings);
  }

  get url(): string {
    return `http://${this.address}`;
  }

  /** Runs a command, before the server or beside it; the answer is the JSON that it prints. */
  async command(...args: string[]): Promise<unknown> {
    const { stdout } = await run(binary(), [...args, '--json'], { env: this.environment() });
    return JSON.parse(stdout);
  }

  /** The path of the link that the server prints as long as nobody manages it. */
  get setUpPath(): string {
    return /^console: open \S+?(\/console\/welcome#\S+) /m.exec(this.printed)?.[1] ?? '';
  }

  createApp(name: string): Promise<App> {
    return this.command('app', 'create', '--name', name) as Promise<App>;
  }

  createKey(app: App, use: string): Promise<Key> {
    return this.command('key', 'create', '--app', app.id, '--use', use) as Promise<Key>;
  }

  /** Starts the server and waits until it is ready; also after {@link kill}. */
  async serve(): Promise<void> {
    const program = spawn(binary(), ['serve'], { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = program;
    program.stdout.on('data', (text: Buffer) => (this.printed += text.toString()));
    program.stderr.on('data', (text: Buffer) => (this.said += text.toString()));
    await untilReady([`${this.url}/readyz`], program, () => this.said);
  }

  /** Ends the server as a power cut would. */
  async kill(): Promise<void> {
    await end(this.process, 'SIGKILL');
  }

  /** Ends the server in order and throws its data away. Fails where it did not end in order, or said that it panicked. */
  async stop(): Promise<void> {
    await end(this.process, 'SIGTERM');
    await rm(this.folder, { recursive: true });
    if (/panic|"level":"ERROR"/.test(this.said)) throw new Error(`parlor serve was not well: ${this.said}`);
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.folder,
      PARLOR_DATA: join(this.folder, 'data'),
      PARLOR_ADDR: this.address,
      PARLOR_LOG_LEVEL: 'warn',
      PARLOR_FAILURE_RATE: '0',
      PARLOR_ANONYMOUS_RATE: '0',
      // Tests go to this machine only: whatever would leave it finds nobody.
      ...(this.settings['PARLOR_OUTBOUND_ALLOW'] ? {} : { PARLOR_EGRESS_PROXY: 'http://127.0.0.1:1' }),
      ...this.settings,
    };
  }
}

/** Waits until every address answers; fails with what the program said where it ends before, or takes too long. */
export async function untilReady(urls: string[], program: ChildProcess, said: () => string): Promise<void> {
  for (const until = Date.now() + startsWithinMs; Date.now() < until; ) {
    if (program.exitCode !== null) throw new Error(`parlor ended: ${said()}`);
    const answered = await Promise.all(urls.map(answers));
    if (answered.every(Boolean)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  program.kill('SIGKILL');
  throw new Error(`parlor was not ready in time: ${said()}`);
}

/** Ends a program and waits until it has ended; one that does not heed the signal is killed, which is a failure. */
export async function end(program: ChildProcess | undefined, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!program || program.exitCode !== null || program.signalCode !== null) return;
  let overdue = false;
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const timer = setTimeout(() => {
    overdue = true;
    program.kill('SIGKILL');
  }, stopsWithinMs);
  program.kill(signal);
  await ended;
  clearTimeout(timer);
  if (overdue) throw new Error(`parlor did not end within ${stopsWithinMs} ms of ${signal}`);
}

/** An address of this machine that nobody listens on. */
export function freeAddress(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}

/** A port that nobody listens on, nor on the next one. */
export async function freePair(): Promise<number> {
  for (;;) {
    const first = Number((await freeAddress()).split(':')[1]);
    const isNextFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(first + 1, () => server.close(() => resolve(true)));
    });
    if (isNextFree) return first;
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}
