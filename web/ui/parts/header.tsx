import type { Author, Message } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { counted } from '../strings/index.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { Avatar } from './avatar.tsx';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';

/** Who answers, and the ways out of the view. */
export function Header({ model }: { model: Messenger }): JSX.Element {
  const { strings, client, close, expand, conversationList } = model.options;
  const { inList, expanded, expandable } = model.look;
  const mayBegin = conversationList && client.mayWrite && model.conversation;
  return (
    <header class="header">
      {inList ? <h1 tabindex={-1}>{strings.conversationListHeaderText}</h1> : titleOf(model)}
      {!inList && mayBegin ? <Tool icon="compose" name={strings.newConversationButtonText} onClick={() => model.startConversation()} /> : model.extras.tool?.()}
      {expand && expandable && <Tool icon={expanded ? 'shrink' : 'expand'} name={expanded ? strings.shrink : strings.expand} onClick={expand} />}
      {close && <Tool icon="close" name={strings.close} onClick={close} />}
    </header>
  );
}

function titleOf(model: Messenger): Child {
  const { strings, client, locale, businessName, businessIconUrl, conversationList } = model.options;
  const faces = answering(model.messages);
  const state = model.conversation?.state;
  const name = state?.displayName || businessName;
  const elsewhere = client.store.unreadCount() - (state?.unreadCount ?? 0);
  return [
    conversationList && client.store.list().length > 0 && (
      <Tool icon="back" name={strings.back} onClick={() => model.showList()}>
        {elsewhere > 0 && (
          <span class="dot">
            <span class="hidden">{counted(strings, 'unread', elsewhere)}</span>
          </span>
        )}
      </Tool>
    ),
    faces[0] ? (
      <div class="faces">{faces.map(({ displayName = '', avatarUrl }) => <Avatar name={displayName} url={avatarUrl} large />)}</div>
    ) : (
      <Avatar name={name} url={state?.iconUrl ?? businessIconUrl} large />
    ),
    <div class="title">
      <h1 dir="auto" tabindex={-1}>{name}</h1>
      <p dir="auto">{state?.description || (faces[0] && new Intl.ListFormat(locale).format(faces.map(({ displayName = '' }) => displayName))) || strings.headerSubtitle}</p>
    </div>,
  ];
}

/** Who has answered last, at most three. */
function answering(messages: readonly Message[]): Author[] {
  const theirs = messages.flatMap(({ author }) => (author.type === 'business' && author.displayName ? [author] : []));
  return [...new Map(theirs.map((author) => [author.displayName, author])).values()].slice(-3);
}

/** A button that is a drawing, with a name for those who do not see it. */
export function Tool({ icon, name, onClick, children }: { icon: IconName; name: string; onClick(): void; children?: Child }): JSX.Element {
  return (
    <button class="tool" aria-label={name} title={name} onclick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  );
}
