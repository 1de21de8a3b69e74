/** Webhooks of the real program: what a receiver that was down is told afterwards, whatever became of the server. */
import { expect, it } from 'vitest';
import { Program } from './program.ts';
import { Receiver } from './receiver.ts';

const burst = 1000;
const atOnce = 20;

it('tells a receiver that was down each of 1,000 events, across two kills', async () => {
  const program = await Program.create({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1/32', PARLOR_WEBHOOK_PAUSE: '100ms' });
  const receiver = await Receiver.create();
  const app = await program.createApp('Shop');
  const key = await program.createKey(app, 'api');
  const authorization = `Basic ${Buffer.from(`${key.id}:${key.secret}`).toString('base64')}`;
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${program.url}/v2/apps/${app.id}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
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
