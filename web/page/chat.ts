import { Client } from '../sdk/index.ts';
import type { ClientInfo } from '../sdk/index.ts';
import { alone, attend, valuesOf } from '../ui/browser.ts';
import { Messenger } from '../ui/model.ts';
import { localeAmong, stringsFor } from '../ui/strings/index.ts';
import { CookieCarrier } from './carrier.ts';
import { Endpoints } from './endpoints.ts';
import type { App } from './endpoints.ts';

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
export function openChat({ app, anonymous, attachmentsEnabled, logo }: App, locale: string): Chat {
  const endpoints = new Endpoints(app.id);
  const values = valuesOf('localStorage');
  const carrier = new CookieCarrier(app.id, values, endpoints);
  const info = { platform: 'web', locale, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const client = new Client({
    appId: app.id,
    origin: location.origin,
    storage: values,
    dial: (url) => new WebSocket(url),
    fetch: (input, init) => fetch(input, init),
    anonymous,
    info,
    alone,
    carrier,
  });
  attend(client);
  const strings = stringsFor();
  const uploads = attachmentsEnabled ? (['imageUpload', 'fileUpload'] as const) : [];
  const model = new Messenger({ client, strings, locale: localeAmong(strings, locale), businessName: app.name, businessIconUrl: logo, conversationList: true, uploads });
  const wide = matchMedia('(min-width: 900px)');
  const arrange = () => {
    model.options.conversationList = !wide.matches;
    model.set({ inList: model.look.inList && !wide.matches });
  };
  wide.addEventListener('change', arrange);
  arrange();
  model.open();
  return { client, model, carrier, endpoints, info, wide };
}
