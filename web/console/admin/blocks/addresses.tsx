import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { say } from '../../parts/toasts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { moment } from '../../times.ts';
import type { AddressBlock } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { ago } from '../times.ts';
import { adminTexts } from '../words.ts';
import { NewBlockDialog } from './new-block.tsx';

/** Addresses whose users are kept outside. */
export function Addresses({ app }: { app: AppRole }): JSX.Element {
  const { blocks: words } = adminTexts.value;
  const loaded = useLoaded<{ addresses: AddressBlock[] }>(`apps/${app.id}/blocks`);
  const [isAsking, ask] = useState(false);
  const all = loaded.value?.addresses;
  const lifted = (gone: AddressBlock) => {
    say(words.lifted(gone.addresses));
    loaded.set((now) => now && { addresses: now.addresses.filter(({ id }) => id !== gone.id) });
  };
  return (
    <section class="subject" aria-labelledby="blocked-addresses">
      <header>
        <div>
          <h2 id="blocked-addresses">{words.addresses}</h2>
          <p class="quiet">{words.addressesLead}</p>
        </div>
        <button type="button" class="button" onClick={() => ask(true)}>
          <Icon name="plus" />
          {words.block}
        </button>
      </header>
      {!all && <Waiting of={loaded} title={words.failed} />}
      {all?.length === 0 && <p class="nothing">{words.noAddresses}</p>}
      {!!all?.length && <ul class="rows">{all.map((block) => <BlockRow key={block.id} app={app} block={block} lifted={() => lifted(block)} />)}</ul>}
      {isAsking && <NewBlockDialog app={app} close={() => ask(false)} made={() => void loaded.load()} />}
    </section>
  );
}

function BlockRow({ app, block, lifted }: { app: AppRole; block: AddressBlock; lifted(): void }): JSX.Element {
  const { api } = useConsole();
  const { blocks: words } = adminTexts.value;
  const { run, isBusy, problem } = useAction(async () => {
    await api.call('DELETE', `apps/${app.id}/blocks/${block.id}`);
    lifted();
  });
  return (
    <li class="block-row">
      <span class="who">
        <strong class="cut"><bdi>{block.addresses}</bdi></strong>
        {block.note && <span class="cut" dir="auto">{block.note}</span>}
        <span class="cut quiet">{words.by(block.by?.name ?? words.byOperator, ago(block.at))} · {block.until ? words.until(moment(block.until)) : words.forGood}</span>
        <Trouble problem={problem} />
      </span>
      <button type="button" class="button" aria-label={words.liftOne(block.addresses)} aria-disabled={isBusy} onClick={() => void run()}>{words.lift}</button>
    </li>
  );
}
