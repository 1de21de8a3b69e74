import type { Conversation } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { counted, fill } from '../strings/index.ts';
import { ago } from '../ago.ts';
import { Icon } from '../icons.tsx';
import { Avatar } from './avatar.tsx';
import { h } from '../view/h.ts';

/** All conversations of the person, the newest first. */
export function ConversationList({ model }: { model: Messenger }): JSX.Element {
  const { strings, client } = model.options;
  const all = client.store.list();
  return (
    <div class="conversations">
      {all.length === 0 && <p class="above">{strings.conversationListEmpty}</p>}
      <ul role="list" aria-label={strings.conversationListHeaderText}>
        {all.map((one) => (
          <Item key={one.state.id} model={model} conversation={one} />
        ))}
      </ul>
      {client.store.hasMore && (
        <button class="more" onclick={() => void client.loadMore().catch(() => undefined)}>
          {strings.conversationListMore}
        </button>
      )}
      {client.mayWrite && (
        <div class="bottom">
          <button class="primary" onclick={() => model.startConversation()}>
            <Icon name="compose" />
            {strings.newConversationButtonText}
          </button>
        </div>
      )}
    </div>
  );
}

function Item({ model, conversation: { state } }: { model: Messenger; conversation: Conversation }): JSX.Element {
  const { strings, locale, businessName, businessIconUrl, client } = model.options;
  const name = state.displayName || businessName;
  const at = Date.parse(state.lastUpdatedAt ?? state.createdAt ?? '');
  const last = state.lastMessage;
  const value = last?.content.text ?? '';
  return (
    <li>
      <button class={state.unreadCount > 0 ? 'item unread' : 'item'} aria-current={model.conversationId === state.id} onclick={() => model.show(state.id)}>
        <Avatar name={name} url={state.iconUrl ?? businessIconUrl} large />
        <span class="name" dir="auto">{name}</span>
        <time>{at && ago(at, Date.now(), locale, strings)}</time>
        <span class="preview" dir="auto">
          {last && last.author.userId === client.user?.id ? fill(strings.conversationListPreviewUserText, { value }) : value}
        </span>
        {state.unreadCount > 0 && (
          <span class="count">
            <span aria-hidden="true">{state.unreadCount > 9 ? '9+' : state.unreadCount}</span>
            <span class="hidden">{counted(strings, 'unread', state.unreadCount)}</span>
          </span>
        )}
      </button>
    </li>
  );
}
