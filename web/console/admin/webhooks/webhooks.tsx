import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { Integration, Webhook } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
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
  const make = (
    <button type="button" class="button main" onClick={() => setMaking(true)}>
      <Icon name="plus" />
      {words.make}
    </button>
  );
  return (
    <>
      <PageHeader title={texts.value.nav.admin.webhooks}>{!!all?.length && make}</PageHeader>
      <div class="page">
        {!all && <Waiting of={loaded} title={words.failed} />}
        {all?.length === 0 && (
          <Empty icon="hook" title={words.empty}>
            <p>{words.emptyLead}</p>
            {make}
          </Empty>
        )}
        {!!all?.length && (
          <>
            <p class="quiet lead">{words.lead}</p>
            <ul class="rows">
              {all.map(({ webhook, at }) => (
                <WebhookRow key={webhook.id} webhook={webhook} path={`${at}/${webhook.id}`} changed={changed} />
              ))}
            </ul>
          </>
        )}
      </div>
      {isMaking && integrations && <WebhookEditor path={path} integrations={integrations} close={() => setMaking(false)} saved={changed} />}
      {secret && <WebhookSecret secret={secret} close={() => setSecret('')} />}
    </>
  );
}
