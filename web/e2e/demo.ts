import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A running `parlor demo`: a company's shop on one origin, Parlor on another. */
export interface Demo {
  shopURL: string;
  parlorURL: string;
  stop(): Promise<void>;
}

const startsWithinMs = 20_000;

/** The program to test: the one that PARLOR_BINARY names, else bin/parlor of this repository. */
function binary(): string {
  const path = process.env['PARLOR_BINARY'] ?? fileURLToPath(new URL('../../bin/parlor', import.meta.url));
  if (!existsSync(path)) throw new Error(`there is no ${path}: run make build, or name a program in PARLOR_BINARY`);
  return path;
}

/** Starts the demo on free ports and waits until it is ready. */
export async function startDemo(): Promise<Demo> {
  const [parlor, shop] = [await freeAddress(), await freeAddress()];
  const program = spawn(binary(), ['demo', '--addr', parlor, '--shop-addr', shop], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  program.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const demo = { parlorURL: `http://${parlor}`, shopURL: `http://${shop}`, stop: () => stop(program) };
  for (const until = Date.now() + startsWithinMs; Date.now() < until; ) {
    if (program.exitCode !== null) throw new Error(`parlor demo ended: ${said}`);
    if (await answers(`${demo.parlorURL}/readyz`) && (await answers(demo.shopURL))) return demo;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await demo.stop();
  throw new Error(`parlor demo was not ready in time: ${said}`);
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.kill('SIGTERM');
  await ended;
}

function freeAddress(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}
