/** Webhooks of the real program: what a receiver that was down is told afterwards, whatever became of the server; and the bot of the examples. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Program, end } from './program.ts';
import type { App, Key } from './program.ts';
import { Receiver } from './receiver.ts';

const burst = 1000;
const atOnce = 20;
const bot = fileURLToPath(new URL('../../examples/webhooks/bot.mjs', import.meta.url));

type Post = (path: string, body: object) => Promise<Record<string, unknown>>;

/** Posts with the key; fails where nothing was made. */
function poster(program: Program, app: App, key: Key): Post {
  const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
  return async (path, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(`${program.url}/v2/apps/${app.id}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
}

it('tells a receiver that was down each of 1,000 events, across two kills', async () => {
  const program = await Program.create({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1/32', PARLOR_WEBHOOK_PAUSE: '100ms' });
  const receiver = await Receiver.create();
  const app = await program.createApp('Shop');
  const post = poster(program, app, await program.createKey(app, 'api'));
  try {
    await program.serve();
    await post('/users', { externalId: 'ana' });
    await post('/integrations', { type: 'custom', webhooks: [{ target: receiver.url, triggers: ['conversation:message'] }] });
    const { conversation } = await post('/conversations', { type: 'personal', participants: [{ userExternalId: 'ana' }] });
    await receiver.close();

    const acknowledged: string[] = [];
    const say = async (n: number): Promise<void> => {
      const { messages } = await post(`/conversations/${(conversation as { id: string }).id}/messages`, {
        author: { type: 'business' },
        content: { type: 'text', text: `event ${n}` },
      });
      acknowledged.push((messages as { id: string }[])[0]?.id ?? '');
    };
    let next = 0;
    let killing: Promise<void> | undefined;
    const kills = [burst / 3, (2 * burst) / 3];
    const sender = async (): Promise<void> => {
      while (acknowledged.length < burst) {
        try {
          await say(next++);
        } catch {
          // The server is down: whether this one was kept is not known, and not asked. The next one waits for it.
          await (killing ?? Promise.resolve());
        }
        const due = kills[0];
        if (due !== undefined && acknowledged.length >= due && !killing) {
          kills.shift();
          killing = program.kill().then(() => program.serve());
          await killing;
          killing = undefined;
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    expect(kills).toEqual([]);

    await receiver.open();
    const toldOf = (): Set<string> => new Set(receiver.events.map(({ payload }) => (payload['message'] as { id: string }).id));
    await receiver.until('each event', () => {
      const told = toldOf();
      return acknowledged.every((id) => told.has(id));
    }, 120_000);
    expect(acknowledged.filter((id) => !toldOf().has(id))).toEqual([]);
    const texts = receiver.events.map(({ payload }) => (payload['message'] as { number: number }).number);
    expect([...texts].sort((a, b) => a - b)).toEqual(texts);
  } finally {
    await receiver.close();
    await program.stop();
  }
}, 240_000);

/** Runs the bot; it listens when this is done. */
async function startBot(environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const running = spawn(process.execPath, [bot], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => running.stdout.once('data', resolve));
  return running;
}

it('says which variables the bot of the examples lacks', async () => {
  const environment = { PATH: process.env['PATH'], PARLOR_APP: 'x', PARLOR_URL: '', PARLOR_SECRET: 'x', WEBHOOK_SECRET: 'x' };
  const failure = promisify(execFile)(process.execPath, [bot], { env: environment });
  await expect(failure).rejects.toMatchObject({ code: 2, stderr: 'these variables of the environment are missing: PARLOR_URL, PARLOR_KEY_ID\n' });
});

it('calls the bot of the examples, which answers each text once, and is held up by nothing', async () => {
  const program = await Program.create({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1/32', PARLOR_WEBHOOK_PAUSE: '100ms' });
  const app = await program.createApp('Shop');
  const key = await program.createKey(app, 'api');
  const post = poster(program, app, key);
  await program.serve();
  const receiver = await Receiver.create(); // a port for the bot, and its secret
  const target = receiver.url;
  await receiver.close();
  const { integration } = (await post('/integrations', { type: 'custom', webhooks: [{ target, triggers: ['conversation:message'] }] })) as {
    integration: { webhooks: [{ secret: string }] };
  };
  const environment = {
    PATH: process.env['PATH'],
    PORT: new URL(target).port,
    PARLOR_URL: program.url,
    PARLOR_APP: app.id,
    PARLOR_KEY_ID: key.id,
    PARLOR_SECRET: key.secret,
    WEBHOOK_SECRET: integration.webhooks[0].secret,
  };
  const running = await startBot(environment);
  try {
    await post('/users', { externalId: 'ana' });
    const { conversation } = (await post('/conversations', { type: 'personal', participants: [{ userExternalId: 'ana' }] })) as { conversation: { id: string } };
    const texts = async (): Promise<(string | undefined)[]> => {
      const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
      const answer = await fetch(`${program.url}/v2/apps/${app.id}/conversations/${conversation.id}/messages`, { headers: { authorization } });
      return ((await answer.json()) as { messages: { content: { text?: string } }[] }).messages.map(({ content }) => content.text);
    };
    const say = (content: object): Promise<unknown> =>
      post(`/conversations/${conversation.id}/messages`, { author: { type: 'user', userExternalId: 'ana' }, content });
    await say({ type: 'text', text: 'hello' });
    await expect.poll(texts).toEqual(['hello', 'You said: hello']);
    const long = '☕'.repeat(4096);
    const place = { type: 'location', coordinates: { lat: 48.2, long: 16.4 } };
    await say(place);
    await say({ type: 'text', text: long });
    await expect.poll(texts).toEqual(['hello', 'You said: hello', '48.2, 16.4', long, `You said: ${'☕'.repeat(4086)}`]);
    const strangers = await fetch(target, { method: 'POST', body: '{"events":[]}', headers: { 'webhook-id': 'x', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`, 'webhook-signature': 'v1,AAAA' } });
    expect(strangers.status).toBe(401);
  } finally {
    await end(running, 'SIGTERM');
    await program.stop();
  }
}, 60_000);

it('asks for events again only where that may help', async () => {
  const asked: string[] = [];
  const api = createServer((call, answer) => {
    let body = '';
    call.on('data', (part: Buffer) => (body += part.toString()));
    call.on('end', () => {
      const { text } = (JSON.parse(body) as { content: { text: string } }).content;
      asked.push(text);
      answer.writeHead(Number(/[0-9]{3}/.exec(text)?.[0])).end('{}');
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const port = await Receiver.create();
  await port.close();
  const key = randomBytes(32);
  const running = await startBot({
    PATH: process.env['PATH'],
    PORT: new URL(port.url).port,
    PARLOR_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    PARLOR_APP: 'app',
    PARLOR_KEY_ID: 'id',
    PARLOR_SECRET: 'secret',
    WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
  });
  const tell = async (...texts: string[]): Promise<number> => {
    const events = texts.map((text) => ({
      id: text,
      type: 'conversation:message',
      payload: { conversation: { id: 'c' }, message: { author: { type: 'user' }, content: { type: 'text', text } } },
    }));
    const body = JSON.stringify({ events });
    const at = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', key).update(`id.${at}.${body}`).digest('base64');
    const headers = { 'webhook-id': 'id', 'webhook-timestamp': `${at}`, 'webhook-signature': `v1,${signature}` };
    return (await fetch(port.url, { method: 'POST', body, headers })).status;
  };
  try {
    expect(await tell('400', '201')).toBe(204);
    expect(await tell('404', '401', '202')).toBe(204);
    expect(await tell('429', '203')).toBe(500);
    expect(await tell('503', '204')).toBe(500);
    expect(asked.map((text) => text.replace('You said: ', ''))).toEqual(['400', '201', '404', '401', '202', '429', '503']);
    expect(await tell('x'.repeat(2 << 20))).toBe(413);
  } finally {
    await end(running, 'SIGTERM');
    api.close();
    api.closeAllConnections();
  }
}, 60_000);
