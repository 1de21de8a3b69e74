import { spawn } from 'node:child_process';
import { binary, end, freeAddress, untilReady } from './program.ts';

/** A running `parlor demo`: a company's shop on one origin, Parlor on another. */
export interface Demo {
  shopURL: string;
  parlorURL: string;
  stop(): Promise<void>;
}

/** Starts the demo on free ports and waits until it is ready. */
export async function startDemo(): Promise<Demo> {
  const [parlor, shop] = [await freeAddress(), await freeAddress()];
  const program = spawn(binary(), ['demo', '--addr', parlor, '--shop-addr', shop], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  program.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const demo = { parlorURL: `http://${parlor}`, shopURL: `http://${shop}`, stop: () => end(program, 'SIGTERM') };
  await untilReady([`${demo.parlorURL}/readyz`, demo.shopURL], program, () => said);
  return demo;
}
