import type { Conversation, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { counted, fill } from '../strings/index.ts';
import { ago } from '../ago.ts';
import { Icon } from '../icons.tsx';
import { Avatar } from './avatar.tsx';
import { listStrings } from './list-strings.ts';
import { h } from '../view/h.ts';

/** All conversations of the person, the newest first. */
export function ConversationList({ model }: { model: Messenger }): JSX.Element {
  const { client } = model.options;
  const strings = listStrings(model);
  const all = client.store.list();
  const found = foundAmong(all, model);
  return (
    <div class="conversations">
      {(all.length > fewConversations || client.store.hasMore) && (
        <input
          class="search"
          type="search"
          dir="auto"
          aria-label={strings.conversationListSearch}
          placeholder={strings.conversationListSearch}
          value={searches.get(model) ?? ''}
          oninput={({ currentTarget }: { currentTarget: HTMLInputElement }) => search(model, currentTarget.value)}
        />
      )}
      <p class={found.length > 0 ? 'hidden' : 'above'} role="status">
        {all.length === 0 ? strings.conversationListEmpty : found.length === 0 && strings.conversationListNoneFound}
      </p>
      <ul role="list" aria-label={strings.conversationListHeaderText}>
        {found.map((one) => (
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

const fewConversations = 10;

/** What is looked for, by messenger. */
const searches = new WeakMap<Messenger, string>();

/** Shows the conversations with these words in their names or last lines, of all that there are: the rest of them is fetched. */
function search(model: Messenger, words: string): void {
  const { client } = model.options;
  const wasSearching = searches.get(model);
  searches.set(model, words);
  model.set({});
  const fetchRest = async () => {
    while (searches.get(model) && client.store.hasMore) await client.loadMore();
  };
  if (!wasSearching) fetchRest().catch(() => undefined);
}

function foundAmong(all: readonly Conversation[], model: Messenger): readonly Conversation[] {
  const words = searches.get(model)?.toLocaleLowerCase().split(/\s+/) ?? [];
  return all.filter(({ state: { displayName, lastMessage } }) => {
    const said = `${displayName || model.options.businessName} ${lastMessage ? previewOf(lastMessage, model) : ''}`.toLocaleLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function Item({ model, conversation: { state } }: { model: Messenger; conversation: Conversation }): JSX.Element {
  const { locale, businessName, businessIconUrl } = model.options;
  const strings = listStrings(model);
  const name = state.displayName || businessName;
  const at = Date.parse(state.lastUpdatedAt ?? state.createdAt ?? '');
  return (
    <li>
      <button class={state.unreadCount > 0 ? 'item unread' : 'item'} aria-current={model.conversationId === state.id} onclick={() => model.show(state.id)}>
        <Avatar name={name} url={state.iconUrl ?? businessIconUrl} large />
        <span class="name" dir="auto">{name}</span>
        <time>{at && ago(at, Date.now(), locale, strings)}</time>
        <span class="preview" dir="auto">
          {state.lastMessage && previewOf(state.lastMessage, model)}
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

const kinds: Partial<Record<string, 'Image' | 'File' | 'Carousel' | 'Form' | 'FormResponse'>> = {
  image: 'Image',
  file: 'File',
  carousel: 'Carousel',
  list: 'Carousel',
  form: 'Form',
  formResponse: 'FormResponse',
};

/** The last message in one line: a text itself, of anything else who sent what. */
function previewOf({ author, content }: Message, model: Messenger): string {
  const { client, businessName } = model.options;
  const strings = listStrings(model);
  const { text: value = '', actions = [] } = content;
  const own = author.userId === client.user?.id;
  const theirs = author.displayName || (author.type === 'business' && businessName) || strings.conversationListPreviewAnonymousText;
  const user = own ? strings.conversationListPreviewUserText : theirs;
  const kind = actions.some(({ type }) => type === 'locationRequest') ? 'LocationRequest' : kinds[content.type];
  if (kind) return fill(strings[`conversationListPreview${kind}Text`], { user, value });
  return own ? fill(strings.conversationListPreviewText, { user, value }) : value;
}
