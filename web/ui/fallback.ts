/** What is fetched where a WebSocket does not open: long polling, and how it is found out that it is needed. */
import type { KeyValues, SocketLike } from '../sdk/index.ts';
import { Polling } from '../sdk/polling.ts';

const key = 'parlor.polls';
const rememberedMs = 3_600_000;
const openWithinMs = 4_000;

/** Whether WebSockets are kept from us, while it is being found out. */
let trial: Promise<boolean> | undefined;

/**
 * Has a socket without connection poll. For a WebSocket that failed or is silent, another one is tried: where that comes to
 * nothing, too, while HTTP works, this tab polls from the next attempt on, until another network lets one through or an hour has passed.
 */
export async function help(socket: SocketLike, url: string, values: KeyValues): Promise<void> {
  if (!(socket instanceof WebSocket)) return poll(socket, url, values);
  trial ??= isBlocked(url).finally(() => (trial = undefined));
  if (!(await trial)) return;
  values.setItem(key, String(Date.now()));
  if (socket.readyState === WebSocket.CONNECTING) socket.close();
}

async function isBlocked(url: string): Promise<boolean> {
  const works = await fetch('/healthz').then(({ ok }) => ok, () => false);
  return works && !(await answers(url));
}

/** A hello of a version that does not exist is answered by every server of ours, and signs nobody in. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (answered: boolean) => {
      resolve(answered);
      socket.close();
    };
    socket.onopen = () => socket.send('{"type":"hello","v":0}');
    socket.onmessage = () => end(true);
    socket.onclose = ({ code }) => end(code !== 1006);
    setTimeout(() => end(false), openWithinMs);
  });
}

function poll(socket: SocketLike, url: string, values: KeyValues): void {
  if (Date.now() - Number(values.getItem(key)) > rememberedMs) values.removeItem(key);
  const polling = new Polling({
    url: url.replace(/^ws(.*)socket$/, 'http$1lines'),
    fetch: (input, init) => fetch(input, init),
    clock: { setTimeout: (run, ms) => setTimeout(run, ms) },
    holds: () => document.visibilityState === 'visible' || isMultiplexed(),
  });
  socket.send = (text) => polling.send(text);
  socket.close = () => polling.close();
  for (const name of ['onopen', 'onmessage', 'onclose'] as const) polling[name] = (event) => socket[name]?.(event);
  window.ononline = () => void leaveIfAnswered(url, values, polling);
}

/** Whether requests share one connection: over HTTP/1.1 a browser has six to a server, for all its tabs together. */
function isMultiplexed(): boolean {
  return performance.getEntriesByType('resource').some((entry) => /^h[23]/.test((entry as PerformanceResourceTiming).nextHopProtocol));
}

async function leaveIfAnswered(url: string, values: KeyValues, polling: Polling): Promise<void> {
  if (!(await answers(url))) return;
  values.removeItem(key);
  polling.leave();
}
