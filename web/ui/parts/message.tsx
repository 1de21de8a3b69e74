import type { Child } from '../view/h.ts';
import type { Messenger } from '../model.ts';
import type { Row } from '../rows.ts';
import { fill } from '../strings/index.ts';
import { clockTime } from '../time.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { Avatar } from './avatar.tsx';
import { linked } from './text.tsx';
import { h } from '../view/h.ts';

/** A message that the server has. */
export function MessageRow({ model, row, isLast }: { model: Messenger; row: Extract<Row, { kind: 'message' }>; isLast: boolean }): JSX.Element {
  const { strings, locale, businessName, businessIconUrl } = model.options;
  const { message, own, opens, closes } = row;
  const { author, content } = message;
  const name = own ? strings.you : author.displayName || businessName;
  const time = clockTime(Date.parse(message.received), locale);
  return (
    <Frame row={row} own={own}>
      <span class={own || !opens ? 'hidden' : 'author'}>
        {name}
        {author.subtypes?.includes('AI') && <span class="badge">{strings.aiLabel}</span>}
      </span>
      {model.rich?.message(message) ?? (
        <div class="bubble" dir="auto">
          {linked(content.text ?? '')}
        </div>
      )}
      {own && isLast ? <Delivery model={model} number={message.number} time={time} /> : <span class={closes ? 'meta' : 'hidden'}>{time}</span>}
      {!own && closes && <Avatar name={name} url={author.avatarUrl ?? businessIconUrl} />}
    </Frame>
  );
}

/** A message on its way, or refused: with its parts in the places of {@link MessageRow}, which takes over its element. */
export function EntryRow({ model, row, isLast }: { model: Messenger; row: Extract<Row, { kind: 'entry' }>; isLast: boolean }): JSX.Element {
  const { strings, client } = model.options;
  const { id, failure, message } = row.entry;
  const file = model.files?.entry(row.entry);
  return (
    <Frame row={row} own>
      <span class="hidden">{strings.you}</span>
      {file?.bubble ?? (
        <div class={failure === undefined ? 'bubble' : 'bubble failed'} dir="auto">
          {linked(message.text)}
        </div>
      )}
      {file?.status ?? (failure !== undefined ? (
        <Status icon="alert" error={failure}>
          {strings.messageError}
          <button class="link" onclick={() => client.outbox.retry(id)}>
            {strings.clickToRetry}
          </button>
          <button class="link" onclick={() => client.outbox.discard(id)}>
            {strings.discard}
          </button>
        </Status>
      ) : (
        isLast && <Status icon="clock">{client.connectionState === 'reconnecting' ? strings.messageQueued : strings.messageSending}</Status>
      ))}
    </Frame>
  );
}

function Frame({ row, own, children }: { row: { opens: boolean; closes: boolean }; own: boolean; children: Child }): JSX.Element {
  return <div class={`message ${own ? 'own' : 'theirs'}${row.opens ? ' opens' : ''}${row.closes ? ' closes' : ''}`}>{children}</div>;
}

function Delivery({ model, number, time }: { model: Messenger; number: number; time: string }): JSX.Element {
  const { strings, locale } = model.options;
  const state = model.conversation?.state;
  if (!state || state.businessReadNumber < number) return <Status icon="tick">{`${strings.messageDelivered} · ${time}`}</Status>;
  const at = state.businessLastRead;
  return <Status icon="seen">{at ? fill(strings.messageSeenAt, { value: clockTime(Date.parse(at), locale) }) : strings.messageSeen}</Status>;
}

function Status({ icon, error, children }: { icon: IconName; error?: string; children: Child }): JSX.Element {
  return (
    <span class={error === undefined ? 'meta' : 'meta error'} role={error && 'alert'} title={error}>
      <Icon name={icon} />
      {children}
    </span>
  );
}
