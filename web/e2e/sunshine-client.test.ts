/**
 * The published client of the documented service, unchanged: integrators change its base path and its key and go on. The
 * last test holds the whole list of its calls against what was called here, so that none is forgotten.
 */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now, signed } from './company.ts';
import { Program } from './program.ts';
import type { App, Key } from './program.ts';
import { Receiver } from './receiver.ts';

type Json = Record<string, unknown>;
/** A service of the client: the name of a call, and what it takes. */
type Service = (call: string, ...takes: unknown[]) => Promise<Json>;

interface ApiClient {
  basePath: string;
  authentications: Record<string, object>;
}

/** What the client rejects with. */
interface Refused {
  status: number;
  response: { body: { errors: [{ code: string; title: string }] } };
}

interface Published {
  ApiClient: new () => ApiClient;
  [service: string]: new (client: ApiClient) => unknown;
}

const published = createRequire(import.meta.url)('sunshine-conversations-client') as Published;

/** The methods of a service of the client. */
function methods(name: string): Record<string, (...takes: unknown[]) => Promise<Json>> {
  const found = published[name];
  if (!found) throw new Error(`the client has no ${name}`);
  return found.prototype as ReturnType<typeof methods>;
}

/** Calls that are left out, and answered with 404 (compatibility.md). */
const leftOut = ['ConversationsApi.downloadMessageRef', 'OAuthEndpointsApi.authorize', 'OAuthEndpointsApi.getToken', 'OAuthEndpointsApi.revokeAccess'];

const called = new Set<string>();

/** A service of the client that presents the credentials, where the documented service serves REST v2. */
function service(name: string, scheme: 'basicAuth' | 'bearerAuth', credentials: object): Service {
  const client = new published.ApiClient();
  client.basePath = `${program.url}/sc`;
  Object.assign(client.authentications[scheme] ?? {}, credentials);
  const api: unknown = Reflect.construct(published[name] ?? Object, [client]);
  return async (call, ...takes) => {
    called.add(`${name}.${call}`);
    const method = methods(name)[call];
    if (!method) throw new Error(`the client has no ${name}.${call}`);
    return method.apply(api, takes);
  };
}

let program: Program;
let app: App;
let key: Key;
let account: Key;

const withKey = (name: string, used = key) => service(name, 'basicAuth', { username: used.id, password: used.secret });

/** What the server answers to a call that it refuses. */
async function refused(call: Promise<unknown>): Promise<{ status: number; code: string }> {
  const error = await call.then(
    () => expect.fail('the call was answered'),
    (reason: unknown) => reason as Refused,
  );
  return { status: error.status, code: error.response.body.errors[0].code };
}

beforeAll(async () => {
  program = await Program.create({ PARLOR_OUTBOUND_ALLOW: '127.0.0.1/32' });
  app = await program.createApp('Shop');
  key = await program.createKey(app, 'api');
  account = (await program.command('key', 'create', '--use', 'account')) as Key;
  await program.serve();
});

afterAll(() => program.stop());

describe('the published client', () => {
  it('keeps apps and their keys, with an account key', async () => {
    const apps = withKey('AppsApi', account);
    const keys = withKey('AppKeysApi', account);

    const made = (await apps('createApp', { displayName: 'Second', metadata: { tier: 'gold' } }))['app'] as Json;
    expect(made).toMatchObject({ displayName: 'Second', metadata: { tier: 'gold' } });
    const id = made['id'];
    expect((await apps('getApp', id))['app']).toMatchObject({ id, displayName: 'Second' });
    expect((await apps('updateApp', id, { displayName: 'Renamed' }))['app']).toMatchObject({ id, displayName: 'Renamed' });
    const first = await apps('listApps', { page: { size: 1 } });
    expect(first).toMatchObject({ apps: [{ id: app.id }], meta: { hasMore: true } });
    const second = await apps('listApps', { page: { after: (first['meta'] as Json)['afterCursor'] } });
    expect(second['apps']).toMatchObject([{ id }]);
    expect((second['meta'] as Json)['afterCursor'] ?? null).toBeNull();
    expect((await apps('listApps', { page: { before: id } }))['apps']).toMatchObject([{ id: app.id }]);

    const secret = (await keys('createAppKey', id, { displayName: 'backend' }))['key'] as Json;
    expect(secret).toMatchObject({ displayName: 'backend', secret: expect.stringMatching(/^.{32,}$/) as string });
    expect((await keys('listAppKeys', id))['keys']).toMatchObject([{ id: secret['id'] }]);
    const shown = (await keys('getAppKey', id, secret['id']))['key'] as Json;
    expect(shown['secret'] ?? null).toBeNull();
    await keys('deleteAppKey', id, secret['id']);
    expect((await keys('listAppKeys', id))['keys']).toEqual([]);

    await apps('deleteApp', id);
    expect(await refused(apps('getApp', id))).toEqual({ status: 404, code: 'app_not_found' });
    expect((await refused(withKey('AppsApi')('createApp', { displayName: 'No' }))).status).toBe(403);
  });

  it('keeps users', async () => {
    const users = withKey('UsersApi');
    const user = (await users('createUser', app.id, { externalId: 'ana', profile: { givenName: 'Ana', email: 'ana@example.com' } }))['user'] as Json;
    expect(user).toMatchObject({ externalId: 'ana', profile: { givenName: 'Ana', email: 'ana@example.com' } });
    expect((await users('getUser', app.id, 'ana'))['user']).toMatchObject({ id: user['id'] });
    expect((await users('updateUser', app.id, user['id'], { metadata: { vip: true } }))['user']).toMatchObject({ metadata: { vip: true } });
    expect(await refused(users('createUser', app.id, { externalId: 'ana' }))).toMatchObject({ status: 409 });
    expect(await refused(users('getUser', app.id, 'nobody'))).toEqual({ status: 404, code: 'user_not_found' });

    const erased = (await users('deleteUserPersonalInformation', app.id, 'ana'))['user'] as Json;
    expect((erased['profile'] as Json)['email'] ?? null).toBeNull();
    await users('deleteUser', app.id, 'ana');
    expect(await refused(users('getUser', app.id, 'ana'))).toEqual({ status: 404, code: 'user_not_found' });
  });

  it('presents a signed token instead of the key itself', async () => {
    const bearer = (claims: object) => service('AppsApi', 'bearerAuth', { accessToken: signed(claims, key) });
    const claims = { iat: now(), exp: now() + 60 };
    expect((await bearer({ ...claims, scope: 'app' })('getApp', app.id))['app']).toMatchObject({ id: app.id });
    expect(await refused(bearer({ ...claims, scope: 'user', external_id: 'ana' })('getApp', app.id))).toEqual({ status: 403, code: 'forbidden' });
  });

  it('leads conversations: messages, pages, activities, participants', async () => {
    const users = withKey('UsersApi');
    const conversations = withKey('ConversationsApi');
    const messages = withKey('MessagesApi');
    const participants = withKey('ParticipantsApi');
    await users('createUser', app.id, { externalId: 'ben' });
    await users('createUser', app.id, { externalId: 'cleo' });

    const own = (await conversations('createConversation', app.id, { type: 'personal', participants: [{ userExternalId: 'ben' }] }))['conversation'] as Json;
    const group = (
      await conversations('createConversation', app.id, { type: 'sdkGroup', displayName: 'Both', participants: [{ userExternalId: 'ben' }] })
    )['conversation'] as Json;
    expect(own).toMatchObject({ type: 'personal', isDefault: true });
    const page = await conversations('listConversations', app.id, { userExternalId: 'ben' }, { page: { size: 1 } });
    expect(page['conversations']).toHaveLength(1);
    expect(page['meta']).toMatchObject({ hasMore: true });
    expect((await conversations('updateConversation', app.id, own['id'], { displayName: 'Order 7' }))['conversation']).toMatchObject({ displayName: 'Order 7' });
    expect((await conversations('getConversation', app.id, own['id']))['conversation']).toMatchObject({ displayName: 'Order 7' });

    const texts = Array.from({ length: 101 }, (_, i) => `message ${i + 1}`);
    for (const text of texts) {
      const posted = await messages('postMessage', app.id, own['id'], { author: { type: 'business' }, content: { type: 'text', text } });
      expect(posted['messages']).toMatchObject([{ author: { type: 'business' }, content: { type: 'text', text } }]);
    }
    const textsOf = (list: Json) => (list['messages'] as { content: { text: string } }[]).map((message) => message.content.text);
    const newest = await messages('listMessages', app.id, own['id'], {});
    expect(textsOf(newest)).toEqual(texts.slice(1));
    const older = await messages('listMessages', app.id, own['id'], { page: { before: (newest['meta'] as Json)['beforeCursor'] } });
    expect(textsOf(older)).toEqual(texts.slice(0, 1));
    const [oldest] = older['messages'] as [Json];
    expect(textsOf(await messages('listMessages', app.id, own['id'], { page: { after: oldest['id'] } }))).toEqual(texts.slice(1));
    await messages('deleteMessage', app.id, own['id'], oldest['id']);
    await messages('deleteAllMessages', app.id, own['id']);
    expect((await messages('listMessages', app.id, own['id'], {}))['messages']).toEqual([]);

    await withKey('ActivitiesApi')('postActivity', app.id, own['id'], { author: { type: 'business' }, type: 'typing:start' });

    await participants('joinConversation', app.id, group['id'], { userExternalId: 'cleo' });
    expect((await participants('listParticipants', app.id, group['id'], {}))['participants']).toMatchObject([{ userExternalId: 'ben' }, { userExternalId: 'cleo' }]);
    await participants('leaveConversation', app.id, group['id'], { userExternalId: 'cleo' });
    expect((await participants('listParticipants', app.id, group['id'], {}))['participants']).toHaveLength(1);

    await conversations('deleteConversation', app.id, group['id']);
    expect(await refused(conversations('getConversation', app.id, group['id']))).toEqual({ status: 404, code: 'conversation_not_found' });
    expect(await refused(conversations('deleteConversation', app.id, own['id']))).toMatchObject({ status: 400 });
  });

  it('posts every type of message, and reads it as it was', async () => {
    const messages = withKey('MessagesApi');
    await withKey('UsersApi')('createUser', app.id, { externalId: 'eva' });
    const made = await withKey('ConversationsApi')('createConversation', app.id, { type: 'personal', participants: [{ userExternalId: 'eva' }] });
    const { id } = made['conversation'] as Json;
    const link = { type: 'link', text: 'Open', uri: 'https://shop.example/7' };
    const item = { title: 'Lamp', description: 'Brass', mediaUrl: 'https://shop.example/7.png', actions: [link, { type: 'postback', text: 'Buy', payload: 'buy-7' }] };
    const contents = [
      { type: 'text', text: 'Which?', actions: [{ type: 'reply', text: 'This', payload: 'this' }, { type: 'locationRequest', text: 'Where are you?' }] },
      { type: 'image', mediaUrl: 'https://shop.example/7.png', altText: 'A lamp', actions: [{ type: 'buy', text: 'Buy', amount: 1999, currency: 'EUR' }] },
      { type: 'file', mediaUrl: 'https://shop.example/7.pdf', text: 'Manual' },
      { type: 'carousel', items: [item], displaySettings: { imageAspectRatio: 'square' } },
      { type: 'list', items: [item], actions: [{ type: 'webview', text: 'All', uri: 'https://shop.example', fallback: 'https://shop.example' }] },
      // (of a choice the client reads no options)
      { type: 'form', fields: [{ type: 'email', name: 'mail', label: 'Your address' }, { type: 'text', name: 'size', label: 'Size' }] },
      { type: 'location', coordinates: { lat: 45.5, long: -73.6 }, location: { name: 'The shop' } },
      { type: 'template', template: { name: 'greeting', language: { code: 'en' } } },
    ];
    for (const content of contents) {
      const posted = await messages('postMessage', app.id, id, { author: { type: 'business' }, content });
      expect(posted['messages'], content.type).toMatchObject([{ content }]);
    }
    expect((await messages('listMessages', app.id, id, {}))['messages']).toMatchObject(contents.map((content) => ({ content })));
    const invalid = messages('postMessage', app.id, id, { author: { type: 'business' }, content: { type: 'carousel', items: [] } });
    expect(await refused(invalid)).toEqual({ status: 400, code: 'bad_request' });
  });

  it('uploads a file, shows it in messages, and removes it', async () => {
    const attachments = withKey('AttachmentsApi');
    const messages = withKey('MessagesApi');
    await withKey('UsersApi')('createUser', app.id, { externalId: 'fay' });
    const made = await withKey('ConversationsApi')('createConversation', app.id, { type: 'personal', participants: [{ userExternalId: 'fay' }] });
    const { id } = made['conversation'] as Json;

    const picture = createReadStream(fileURLToPath(new URL('../../docs/images/shop.png', import.meta.url)));
    const uploaded = (await attachments('uploadAttachment', app.id, 'public', picture, { _for: 'message', conversationId: id }))['attachment'] as Json;
    expect(uploaded).toMatchObject({ mediaType: 'image/png', mediaUrl: expect.stringMatching(/\/media\/.*\/shop\.png$/) as string });
    const mediaUrl = uploaded['mediaUrl'] as string;
    const content = { type: 'image', mediaUrl, altText: 'The shop' };
    const posted = await messages('postMessage', app.id, id, { author: { type: 'business' }, content });
    expect(posted['messages']).toMatchObject([{ content: { ...content, mediaType: 'image/png' } }]);
    const shown = await fetch(mediaUrl);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);

    const buffer = (await attachments('uploadAttachment', app.id, 'public', Buffer.from('hello'), {}))['attachment'] as Json;
    expect(buffer).toMatchObject({ mediaType: 'text/plain' });
    const page = attachments('uploadAttachment', app.id, 'public', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), {});
    expect(await refused(page)).toEqual({ status: 415, code: 'unsupported_media_type' });

    await attachments('deleteAttachment', app.id, { mediaUrl });
    expect((await fetch(mediaUrl)).status).toBe(404);
    expect(await refused(attachments('deleteAttachment', app.id, { mediaUrl }))).toEqual({ status: 404, code: 'not_found' });
  });

  it('lists clients and devices, and is told that other channels are not connected', async () => {
    await withKey('UsersApi')('createUser', app.id, { externalId: 'dora' });
    const signedIn = await fetch(`${program.url}/sdk/v1/apps/${app.id}/sessions`, { method: 'POST', body: '{"door":"sdk"}', headers: { 'content-type': 'application/json' } });
    const { user } = (await signedIn.json()) as { user: { id: string } };
    const clients = withKey('ClientsApi');
    const devices = withKey('DevicesApi');
    const [client] = (await clients('listClients', app.id, user.id, {}))['clients'] as [Json];
    expect(client).toMatchObject({ type: 'sdk', status: 'active' });
    expect(await refused(clients('removeClient', app.id, user.id, client['id']))).toMatchObject({ status: 400 });
    const channel = { matchCriteria: { type: 'whatsapp', integrationId: app.integrationId, phoneNumber: '+15145555555' }, confirmation: { type: 'immediate' } };
    expect(await refused(clients('createClient', app.id, 'dora', channel))).toMatchObject({ status: 501 });
    const [device] = (await devices('listDevices', app.id, user.id))['devices'] as [Json];
    expect((await devices('getDevice', app.id, user.id, device['id']))['device']).toMatchObject({ type: 'web', clientId: client['id'] });
  });

  it('sets integrations up, with keys and webhooks, which are called', async () => {
    const integrations = withKey('IntegrationsApi');
    const keys = withKey('CustomIntegrationApiKeysApi');
    const webhooks = withKey('WebhooksApi');
    const receiver = await Receiver.create();
    try {
      // (of an integration the client reads what all have in common)
      const custom = { type: 'custom', displayName: 'CRM', webhooks: [{ target: receiver.url, triggers: ['conversation:message'] }] };
      const made = (await integrations('createIntegration', app.id, custom))['integration'] as Json;
      expect(made).toMatchObject({ type: 'custom', displayName: 'CRM' });
      const { id } = made;
      expect((await integrations('listIntegrations', app.id, { filter: { types: 'custom' } }))['integrations']).toMatchObject([{ id }]);
      expect((await integrations('getIntegration', app.id, app.integrationId))['integration']).toMatchObject({ type: 'web' });
      expect((await integrations('updateIntegration', app.id, id, { displayName: 'Backend' }))['integration']).toMatchObject({ displayName: 'Backend' });

      const own = (await keys('createCustomIntegrationKey', app.id, id, { displayName: 'backend' }))['key'] as Json;
      expect(own).toMatchObject({ id: expect.stringMatching(/^int_/) as string, secret: expect.any(String) as string });
      expect((await keys('listCustomIntegrationKeys', app.id, id))['keys']).toMatchObject([{ id: own['id'] }]);
      expect((await keys('getCustomIntegrationKey', app.id, id, own['id']))['key']).toMatchObject({ id: own['id'] });
      const asIntegration = { id: own['id'] as string, secret: own['secret'] as string };
      expect(await refused(withKey('IntegrationsApi', asIntegration)('listIntegrations', app.id, {}))).toMatchObject({ status: 403 });

      const second = { target: receiver.url, triggers: ['conversation:create', 'user:remove'], includeFullUser: true };
      const added = (await webhooks('createWebhook', app.id, id, second))['webhook'] as Json;
      expect(added).toMatchObject({ version: 'v2', target: receiver.url, secret: expect.stringMatching(/^whsec_/) as string });
      expect((await webhooks('listWebhooks', app.id, id))['webhooks']).toMatchObject([{}, { id: added['id'] }]);
      expect((await webhooks('getWebhook', app.id, id, added['id']))['webhook']).toMatchObject({ triggers: second.triggers, includeFullUser: true });

      const user = (await withKey('UsersApi')('createUser', app.id, { externalId: 'gil', profile: { givenName: 'Gil' } }))['user'] as Json;
      const held = await withKey('ConversationsApi', asIntegration)('createConversation', app.id, { type: 'personal', participants: [{ userExternalId: 'gil' }] });
      const conversation = held['conversation'] as Json;
      const text = { type: 'text', text: 'Good morning' };
      await withKey('MessagesApi', asIntegration)('postMessage', app.id, conversation['id'], { author: { type: 'user', userExternalId: 'gil' }, content: text });
      await receiver.until('both events', () => receiver.events.length >= 2);
      const created = receiver.events.find(({ type }) => type === 'conversation:create');
      expect(created?.payload).toMatchObject({ conversation: { id: conversation['id'], type: 'personal' }, user: { id: user['id'], profile: { givenName: 'Gil' } } });
      const said = receiver.events.find(({ type }) => type === 'conversation:message');
      expect(said?.payload).toMatchObject({ message: { author: { type: 'user', userId: user['id'], user: { externalId: 'gil' } }, content: text } });
      expect(receiver.headers.map((headers) => headers['x-api-key'])).toContain(added['secret']);

      await webhooks('updateWebhook', app.id, id, added['id'], { target: receiver.url, triggers: ['user:remove'] });
      await withKey('UsersApi')('deleteUser', app.id, 'gil');
      await receiver.until('the removal', () => receiver.events.some(({ type, payload }) => type === 'user:remove' && (payload['user'] as Json)['externalId'] === 'gil'));

      await webhooks('deleteWebhook', app.id, id, added['id']);
      expect(await refused(webhooks('getWebhook', app.id, id, added['id']))).toEqual({ status: 404, code: 'not_found' });
      await keys('deleteCustomIntegrationKey', app.id, id, own['id']);
      await integrations('deleteIntegration', app.id, id);
      expect(await refused(integrations('getIntegration', app.id, id))).toEqual({ status: 404, code: 'integration_not_found' });
    } finally {
      await receiver.close();
    }
  });

  it('passes control of a conversation from a bot to a human and back', async () => {
    const switchboards = withKey('SwitchboardsApi');
    const places = withKey('SwitchboardIntegrationsApi');
    const conversations = withKey('ConversationsApi');
    const [bot, human] = [await Receiver.create(), await Receiver.create()];
    try {
      const board = (await switchboards('createSwitchboard', app.id))['switchboard'] as Json;
      expect(board).toMatchObject({ enabled: false });
      const { id } = board;
      expect((await switchboards('listSwitchboards', app.id))['switchboards']).toMatchObject([{ id, enabled: false }]);

      const keys: Key[] = [];
      const stands: Json[] = [];
      for (const [name, receiver] of [
        ['bot', bot],
        ['human', human],
      ] as const) {
        const custom = { type: 'custom', webhooks: [{ target: receiver.url, triggers: ['conversation:message', 'switchboard:passControl', 'switchboard:offerControl'] }] };
        const integrationId = ((await withKey('IntegrationsApi')('createIntegration', app.id, custom))['integration'] as Json)['id'];
        keys.push((await withKey('CustomIntegrationApiKeysApi')('createCustomIntegrationKey', app.id, integrationId, { displayName: name }))['key'] as Key & Json);
        const placed = await places('createSwitchboardIntegration', app.id, id, { name, integrationId, deliverStandbyEvents: false });
        stands.push(placed['switchboardIntegration'] as Json);
      }
      const [first, second] = stands as [Json, Json];
      expect(first).toMatchObject({ name: 'bot', integrationType: 'custom', deliverStandbyEvents: false });
      const linked = await places('updateSwitchboardIntegration', app.id, id, first['id'], { nextSwitchboardIntegrationId: second['id'], messageHistoryCount: 5 });
      expect(linked['switchboardIntegration']).toMatchObject({ nextSwitchboardIntegrationId: second['id'], messageHistoryCount: 5 });
      expect((await places('listSwitchboardIntegrations', app.id, id))['switchboardIntegrations']).toMatchObject([{ name: 'bot' }, { name: 'human' }]);
      const on = await switchboards('updateSwitchboard', app.id, id, { enabled: true, defaultSwitchboardIntegrationId: first['id'] });
      expect(on['switchboard']).toMatchObject({ enabled: true, defaultSwitchboardIntegrationId: first['id'] });

      const made = (await conversations('createConversation', app.id, { type: 'sdkGroup' }))['conversation'] as Json;
      expect(made['activeSwitchboardIntegration']).toMatchObject({ id: first['id'], name: 'bot' });
      const talk = made['id'];
      const asBot = withKey('SwitchboardActionsApi', keys[0]);
      const asHuman = withKey('SwitchboardActionsApi', keys[1]);
      const say = (text: string) => withKey('MessagesApi')('postMessage', app.id, talk, { author: { type: 'business' }, content: { type: 'text', text } });

      await say('for the bot');
      expect(await refused(asHuman('passControl', app.id, talk, { switchboardIntegration: 'human' }))).toEqual({ status: 403, code: 'forbidden' });
      await asBot('passControl', app.id, talk, { switchboardIntegration: 'next', metadata: { why: 'refund' } });
      const isPass = ({ type }: { type: string }) => type === 'switchboard:passControl';
      await human.until('the pass', () => human.events.some(isPass));
      expect(human.events.find(isPass)?.payload).toEqual({
        conversation: {
          id: talk,
          type: 'sdkGroup',
          activeSwitchboardIntegration: { id: second['id'], name: 'human', integrationId: second['integrationId'], integrationType: 'custom' },
        },
        metadata: { why: 'refund' },
      });
      await say('for the human');

      await asHuman('offerControl', app.id, talk, { switchboardIntegration: 'bot' });
      await bot.until('the offer', () => bot.events.some(({ type }) => type === 'switchboard:offerControl'));
      await asBot('acceptControl', app.id, talk, {});
      await asBot('releaseControl', app.id, talk);
      expect(((await conversations('getConversation', app.id, talk))['conversation'] as Json)['activeSwitchboardIntegration'] ?? null).toBeNull();
      await say('for whoever begins');
      expect(((await conversations('getConversation', app.id, talk))['conversation'] as Json)['activeSwitchboardIntegration']).toMatchObject({ name: 'bot' });
      const texts = (receiver: Receiver) =>
        receiver.events.filter(({ type }) => type === 'conversation:message').map(({ payload }) => ((payload['message'] as Json)['content'] as Json)['text']);
      await bot.until('the last message', () => texts(bot).length >= 2);
      expect(texts(bot)).toEqual(['for the bot', 'for whoever begins']);
      expect(texts(human)).toEqual(['for the human']);

      expect(await refused(places('deleteSwitchboardIntegration', app.id, id, first['id']))).toMatchObject({ status: 400 });
      await places('updateSwitchboardIntegration', app.id, id, first['id'], { nextSwitchboardIntegrationId: null });
      await places('deleteSwitchboardIntegration', app.id, id, second['id']);
      await switchboards('deleteSwitchboard', app.id, id);
      expect(await refused(switchboards('updateSwitchboard', app.id, id, {}))).toEqual({ status: 404, code: 'switchboard_not_found' });
    } finally {
      await bot.close();
      await human.close();
    }
  });

  it('is answered with a clear 404 where this server has nothing', async () => {
    for (const name of leftOut) {
      const [api, call] = name.split('.') as [string, string];
      const others = Array.from({ length: (methods(api)[call]?.length ?? 1) - 1 }, () => '0123456789abcdef01234567');
      expect(await refused(withKey(api)(call, app.id, ...others)), name).toEqual({ status: 404, code: 'not_found' });
    }
  });

  it('has no call that is not named here', () => {
    const services = Object.keys(published).filter((name) => /Api$|Endpoints/.test(name));
    const calls = services.flatMap((name) =>
      Object.getOwnPropertyNames(methods(name))
        .filter((call) => call !== 'constructor' && !call.endsWith('WithHttpInfo'))
        .map((call) => `${name}.${call}`),
    );
    expect(calls.length).toBeGreaterThan(60);
    expect([...new Set([...called])].sort()).toEqual(calls.sort());
  });
});
