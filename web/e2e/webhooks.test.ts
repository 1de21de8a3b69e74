/** Webhooks of the real program: what a receiver that was down is told afterwards, whatever became of the server; and the bot of the examples. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
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

it('calls the bot of the examples, which answers each message once', async () => {
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
  const running = spawn(process.execPath, [bot], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve) => running.stdout.once('data', resolve));
    await post('/users', { externalId: 'ana' });
    const { conversation } = (await post('/conversations', { type: 'personal', participants: [{ userExternalId: 'ana' }] })) as { conversation: { id: string } };
    const texts = async (): Promise<string[]> => {
      const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
      const answer = await fetch(`${program.url}/v2/apps/${app.id}/conversations/${conversation.id}/messages`, { headers: { authorization } });
      return ((await answer.json()) as { messages: { content: { text: string } }[] }).messages.map(({ content }) => content.text);
    };
    await post(`/conversations/${conversation.id}/messages`, { author: { type: 'user', userExternalId: 'ana' }, content: { type: 'text', text: 'hello' } });
    await expect.poll(texts, { timeout: 10_000 }).toEqual(['hello', 'You said: hello']);
    const strangers = await fetch(target, { method: 'POST', body: '{"events":[]}', headers: { 'webhook-id': 'x', 'webhook-timestamp': `${Math.floor(Date.now() / 1000)}`, 'webhook-signature': 'v1,AAAA' } });
    expect(strangers.status).toBe(401);
  } finally {
    await end(running, 'SIGTERM');
    await program.stop();
  }
}, 60_000);
