import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CannedReply } from '../../api/canned.ts';
import { meant } from '../../inbox/writing/canned.ts';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { ReplyEditor } from './reply-editor.tsx';
import { ReplyRow } from './reply-row.tsx';

interface Kept {
  cannedReplies: CannedReply[];
}

/** Answers that a team writes often. */
export function Replies({ app }: AdminProps): JSX.Element {
  const { replies: words } = adminTexts.value;
  const loaded = useLoaded<Kept>(`apps/${app.id}/canned-replies`);
  const [query, setQuery] = useState('');
  const [edited, edit] = useState<CannedReply | 'new' | undefined>();
  const all = loaded.value?.cannedReplies;
  const found = meant(all ?? [], query.trim());
  const put = (reply: CannedReply) => {
    loaded.set((now) => ({ cannedReplies: [...without(now, reply), reply].sort((a, b) => (a.shortcut < b.shortcut ? -1 : 1)) }));
  };
  const make = (
    <button type="button" class="button main" onClick={() => edit('new')}>
      <Icon name="plus" />
      {words.make}
    </button>
  );
  return (
    <>
      <PageHeader title={texts.value.nav.admin['canned-replies']}>{!!all?.length && make}</PageHeader>
      <div class="page">
        {!all && <Waiting of={loaded} title={words.failed} />}
        {all?.length === 0 && (
          <Empty icon="bolt" title={words.empty}>
            <p>{words.emptyLead}</p>
            {make}
          </Empty>
        )}
        {!!all?.length && (
          <>
            <p class="quiet lead">{words.lead}</p>
            <section class="user-list" aria-label={texts.value.nav.admin['canned-replies']}>
              <Field label={words.search} value={query} onValue={setQuery} autocomplete="off" />
              <p class="hidden" role="status">{words.count(found.length)}</p>
              {found.length === 0 && <p class="quiet">{words.noneFound(query.trim())}</p>}
              <ul class="rows">
                {found.map((reply) => (
                  <ReplyRow key={reply.id} app={app} reply={reply} edit={() => edit(reply)} removed={() => loaded.set((now) => ({ cannedReplies: without(now, reply) }))} />
                ))}
              </ul>
            </section>
          </>
        )}
      </div>
      {edited && <ReplyEditor app={app} reply={edited === 'new' ? undefined : edited} close={() => edit(undefined)} saved={put} />}
    </>
  );
}

function without(kept: Kept | undefined, { id }: CannedReply): CannedReply[] {
  return (kept?.cannedReplies ?? []).filter((one) => one.id !== id);
}
