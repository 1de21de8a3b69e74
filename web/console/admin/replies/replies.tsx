import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CannedReply } from '../../api/canned.ts';
import { meant } from '../../inbox/writing/canned.ts';
import { Field } from '../../parts/field.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import { ListPage } from '../parts/list-page.tsx';
import { useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { ReplyEditor } from './reply-editor.tsx';
import { ReplyRow } from './reply-row.tsx';

interface Kept {
  cannedReplies: CannedReply[];
}

/** Answers that a team writes often. */
export function Replies({ app }: AdminProps): JSX.Element {
  const { replies: words } = adminTexts.value;
  const title = texts.value.nav.admin['canned-replies'];
  const loaded = useLoaded<Kept>(`apps/${app.id}/canned-replies`);
  const [query, setQuery] = useState('');
  const [edited, edit] = useState<CannedReply | 'new' | undefined>();
  const all = loaded.value?.cannedReplies;
  const found = meant(all ?? [], query.trim());
  const put = (reply: CannedReply) => {
    loaded.set((now) => ({ cannedReplies: [...without(now, reply), reply].sort((a, b) => (a.shortcut < b.shortcut ? -1 : 1)) }));
  };
  return (
    <>
      <ListPage title={title} words={words} icon="bolt" of={loaded} all={all} make={() => edit('new')}>
        {() => (
          <section class="user-list" aria-label={title}>
            <Field label={words.search} value={query} onValue={setQuery} autocomplete="off" />
            <p class="hidden" role="status">{words.count(found.length)}</p>
            {found.length === 0 && <p class="quiet">{words.noneFound(query.trim())}</p>}
            <ul class="rows">
              {found.map((reply) => (
                <ReplyRow key={reply.id} app={app} reply={reply} edit={() => edit(reply)} removed={() => loaded.set((now) => ({ cannedReplies: without(now, reply) }))} />
              ))}
            </ul>
          </section>
        )}
      </ListPage>
      {edited && <ReplyEditor app={app} reply={edited === 'new' ? undefined : edited} close={() => edit(undefined)} saved={put} />}
    </>
  );
}

function without(kept: Kept | undefined, { id }: CannedReply): CannedReply[] {
  return (kept?.cannedReplies ?? []).filter((one) => one.id !== id);
}
