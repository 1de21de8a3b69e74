import { Client } from '../sdk/index.ts';
import type { ClientInfo } from '../sdk/index.ts';
import { alone, attend, valuesOf } from '../ui/browser.ts';
import { dial } from '../ui/dial.ts';
import { Messenger } from '../ui/model.ts';
import { CookieCarrier } from './carrier.ts';
import { Endpoints } from './endpoints.ts';
import type { App } from './endpoints.ts';
import type { Language } from './strings/index.ts';

/** The messenger of one app, and how its session comes about on this page. */
export interface Chat {
  client: Client;
  model: Messenger;
  carrier: CookieCarrier;
  endpoints: Endpoints;
  info: ClientInfo;
  /** Whether there is room for the list of conversations beside the one in view. */
  wide: MediaQueryList;
}

/** Builds client and messenger. Nothing is asked of the server yet. */
export function openChat({ app, anonymous, attachmentsEnabled, logo, texts }: App, { spoken }: Language): Chat {
  const endpoints = new Endpoints(app.id);
  const values = valuesOf('localStorage');
  const carrier = new CookieCarrier(app.id, values, endpoints);
  const info = { platform: 'web', locale: spoken.wanted, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const client = new Client({
    appId: app.id,
    origin: location.origin,
    storage: values,
    dial,
    fetch: (input, init) => fetch(input, init),
    anonymous,
    info,
    alone,
    carrier,
  });
  attend(client);
  const model = new Messenger({ client, ...spoken, strings: { ...spoken.strings, ...texts }, businessName: app.name, businessIconUrl: logo, conversationList: true, attachmentsEnabled });
  const wide = matchMedia('(min-width: 900px)');
  const arrange = () => {
    model.options.conversationList = !wide.matches;
    model.set({ inList: model.look.inList && !wide.matches });
  };
  wide.addEventListener('change', arrange);
  arrange();
  model.open();
  let unread = 0;
  client.store.on('change', () => {
    if (unread === (unread = client.store.unreadCount())) return;
    import('../ui/title.ts').then(({ badge }) => badge(client, unread)).catch(() => undefined);
  });
  return { client, model, carrier, endpoints, info, wide };
}
