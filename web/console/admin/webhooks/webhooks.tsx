import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { Integration, Webhook } from '../api.ts';
import { ListPage } from '../parts/list-page.tsx';
import { useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { WebhookEditor } from './webhook-editor.tsx';
import { WebhookRow } from './webhook-row.tsx';
import { WebhookSecret } from './webhook-secret.tsx';

/** The addresses that are told what happens in the app, whichever integration they belong to. */
export function Webhooks({ app }: AdminProps): JSX.Element {
  const { webhooks: words } = adminTexts.value;
  const path = `apps/${app.id}/integrations`;
  const loaded = useLoaded<{ integrations: Integration[] }>(`${path}?filter[types]=custom&page[size]=100`);
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState('');
  const integrations = loaded.value?.integrations;
  const all = integrations?.flatMap(({ id, webhooks = [] }) => webhooks.map((webhook) => ({ webhook, at: `${path}/${id}/webhooks` })));
  // What was made or changed is shown as the server has it.
  const changed = (webhook?: Webhook) => {
    if (webhook?.secret) setSecret(webhook.secret);
    void loaded.load();
  };
  return (
    <>
      <ListPage title={texts.value.nav.admin.webhooks} words={words} icon="hook" of={loaded} all={all} make={() => setMaking(true)}>
        {(webhooks) => (
          <ul class="rows">
            {webhooks.map(({ webhook, at }) => (
              <WebhookRow key={webhook.id} webhook={webhook} path={`${at}/${webhook.id}`} changed={changed} />
            ))}
          </ul>
        )}
      </ListPage>
      {isMaking && integrations && <WebhookEditor path={path} integrations={integrations} close={() => setMaking(false)} saved={changed} />}
      {secret && <WebhookSecret secret={secret} close={() => setSecret('')} />}
    </>
  );
}
