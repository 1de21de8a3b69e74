// A bot in one file: it is told of messages by a webhook, and answers over REST. Node 18 or later, nothing to install.
//
//   PARLOR_URL=https://chat.example.com PARLOR_APP=… PARLOR_KEY_ID=… PARLOR_SECRET=… \
//   WEBHOOK_SECRET=whsec_… PORT=3000 node bot.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

/**
 * Whether the request is Parlor's own, and not older than five minutes (Standard Webhooks). The body is the text as it
 * came, before anybody parsed it. While a secret is being rotated there are two signatures: one must be right.
 */
export function verify(headers, body, secret, now = Date.now() / 1000) {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(now - Number(at)) <= 300)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

/** What is to be answered to an event; undefined: nothing. The bot's own messages come back, too: they are the business's. */
export function answerTo({ type, payload }) {
  if (type !== 'conversation:message' || payload.message.author.type !== 'user') return undefined;
  return `You said: ${payload.message.content.text}`;
}

/** Posts the answer. The event's id as Idempotency-Key makes it one answer, however often the event is told. */
async function post(event, text, { PARLOR_URL, PARLOR_APP, PARLOR_KEY_ID, PARLOR_SECRET }) {
  const answer = await fetch(`${PARLOR_URL}/v2/apps/${PARLOR_APP}/conversations/${event.payload.conversation.id}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${PARLOR_KEY_ID}:${PARLOR_SECRET}`).toString('base64')}`,
      'content-type': 'application/json',
      'idempotency-key': event.id,
    },
    body: JSON.stringify({ author: { type: 'business', displayName: 'Bot', subtypes: ['bot'] }, content: { type: 'text', text } }),
  });
  // 404: the conversation is gone since. Everything else is worth another try, which a status from 500 asks for.
  if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status} ${await answer.text()}`);
}

async function receive(request, environment) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts).toString();
  if (!verify(request.headers, body, environment.WEBHOOK_SECRET)) return 401;
  for (const event of JSON.parse(body).events) {
    const text = answerTo(event);
    if (text) await post(event, text, environment);
  }
  return 204;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = createServer((request, response) => {
    receive(request, process.env).then(
      (status) => response.writeHead(status).end(),
      (error) => {
        console.error(error.message);
        response.writeHead(500).end(); // it is told again later
      },
    );
  });
  server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
}
