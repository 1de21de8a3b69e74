// A bot in one file: it is told of messages by a webhook, and answers over REST. Node 18 or later, nothing to install.
//
//   parlor key create --app <app id> --use api --json     # PARLOR_KEY_ID and PARLOR_SECRET
//
//   PARLOR_URL=https://chat.example.com PARLOR_APP=… PARLOR_KEY_ID=… PARLOR_SECRET=… \
//   WEBHOOK_SECRET=whsec_… PORT=3000 node bot.mjs
//
// WEBHOOK_SECRET is in the answer that registers the webhook: docs/webhooks.md.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const needed = ['PARLOR_URL', 'PARLOR_APP', 'PARLOR_KEY_ID', 'PARLOR_SECRET', 'WEBHOOK_SECRET'];
const longestText = 4096; // characters of a message
const longestBody = 1 << 20; // bytes: whoever calls is not known before all of it is read

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
  const { content } = payload.message;
  if (content.type !== 'text') return undefined; // a picture, a file, a form: they may come without a text
  return [...`You said: ${content.text}`].slice(0, longestText).join('');
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
  if (answer.ok) return;
  const refusal = `${event.id} was not answered: ${answer.status} ${await answer.text()}`;
  // Another try may go better. A refusal would come again: to ask for the event again would hold up all that wait behind it.
  if (answer.status === 429 || answer.status >= 500) throw new Error(refusal);
  console.error(refusal);
}

/** The body, undefined if it is too long: then the rest is read and thrown away, so that the answer arrives. */
async function read(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= longestBody) parts.push(part);
  }
  return size <= longestBody ? Buffer.concat(parts).toString() : undefined;
}

async function receive(request, environment) {
  const body = await read(request);
  if (body === undefined) return 413;
  if (!verify(request.headers, body, environment.WEBHOOK_SECRET)) return 401;
  for (const event of JSON.parse(body).events) {
    const text = answerTo(event);
    if (text) await post(event, text, environment);
  }
  return 204;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = needed.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    console.error(`these variables of the environment are missing: ${missing.join(', ')}`);
    process.exit(2);
  }
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
