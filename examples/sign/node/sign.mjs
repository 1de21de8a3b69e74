// Prints a token that signs one of your users in at the chat: node sign.mjs <external id>
//
// Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
// any of your users.
import { createHmac } from 'node:crypto';

const lifetime = 15 * 60; // seconds

function sign(externalId, keyId, secret) {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', typ: 'JWT', kid: keyId };
  const claims = { scope: 'user', external_id: externalId, iat: now, exp: now + lifetime };
  const text = `${part(header)}.${part(claims)}`;
  // The secret is used as the text that it is: it is not decoded.
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function part(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const { PARLOR_KEY_ID: keyId, PARLOR_SECRET: secret } = process.env;
const externalId = process.argv[2]; // your own id of the user, always a string: String(user.id)
if (!keyId || !secret || !externalId) {
  console.error('Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.');
  process.exit(1);
}
console.log(sign(externalId, keyId, secret));
