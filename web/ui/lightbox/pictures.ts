import type { Client, Content, Media, Message } from '../../sdk/index.ts';

/** A picture of a conversation that this server shows. */
export interface Picture {
  readonly media: Media;
  readonly message: Message;
  /** Among the cards of the message; undefined where the message is the picture. */
  readonly place?: number;
}

/** All pictures of messages and cards, the first one first. */
export function picturesOf(messages: readonly Message[], isOurs: (url: string) => boolean): Picture[] {
  const isShown = ({ media }: Picture) => isOurs(addressOf(media) ?? '');
  return messages.flatMap((message) => mediaOf(message).filter(isShown));
}

/** Where the whole picture is. */
export function addressOf({ displayUrl, mediaUrl }: Media): string | undefined {
  return displayUrl ?? mediaUrl;
}

function mediaOf(message: Message): Picture[] {
  const { content } = message;
  if (content.type === 'image') return [{ media: content, message }];
  return content.items?.map((media, place) => ({ media, message, place })) ?? [];
}

/** Addresses of private pictures open for some minutes only: the history has the one that opens now. Undefined where there is none. */
export async function freshAddress(client: Client, conversation: string, { message, place }: Picture): Promise<string | undefined> {
  const { messages } = await client.ask('history', { conversation, before: message.number + 1, limit: 1 });
  const content: Content | undefined = messages.find(({ id }) => id === message.id)?.content;
  const media = place === undefined ? content : content?.items?.[place];
  return media && addressOf(media);
}
