import type { Dial } from '../sdk/index.ts';
import { valuesOf } from './browser.ts';

const values = valuesOf('sessionStorage');
const patienceMs = 3_000;

/**
 * Opens a WebSocket. Where it fails, or nothing is heard on it for a while, help is fetched, which finds out whether any comes
 * through. Where the tab remembers that none does, the socket is none, and help connects it otherwise.
 */
export const dial: Dial = (url) => {
  const polls = values.getItem('parlor.polls');
  const socket = (polls ? { close() {} } : new WebSocket(url)) as WebSocket;
  const fetched = () => void import('./fallback.ts').then(({ help }) => help(socket, url, values)).catch(() => undefined);
  const timer = setTimeout(fetched, polls ? 0 : patienceMs);
  socket.onerror = fetched;
  socket.addEventListener?.('message', () => clearTimeout(timer));
  return socket;
};
