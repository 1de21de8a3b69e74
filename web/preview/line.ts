import type { ConversationState, Message, Session, SocketLike } from '../sdk/index.ts';

/** Who looks: somebody who is known by a first name. */
export const session: Session = { token: 'preview', expiresAt: '9999-01-01T00:00:00Z', userId: 'preview-user', externalId: 'preview', clientId: 'preview-client', door: 'sdk' };

const conversation = 'preview-conversation';
const minute = 60_000;

type Frame = Record<string, unknown>;

/** A line to nobody, which speaks as much of api/realtime.md as it takes to look at a conversation, and to write in it. */
export class SampleLine implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  readonly #messages: Message[];

  constructor(hasTalk: boolean) {
    this.#messages = hasTalk ? sampleTalk() : [];
    setTimeout(() => this.onopen?.({} as never));
  }

  send(text: string): void {
    const frame = JSON.parse(text) as Frame;
    const answer = frame['type'] === 'hello' ? this.#welcome() : { type: 'ok', ref: frame['ref'], ...this.#answer(frame) };
    setTimeout(() => this.onmessage?.({ data: JSON.stringify([answer]) } as never));
  }

  close(): void {
    this.onmessage = null;
  }

  #welcome(): Frame {
    const { token, expiresAt, userId, clientId } = session;
    return {
      type: 'welcome',
      v: 1,
      session: { token, expiresAt, assurance: 'anonymous' },
      user: { id: userId, number: 1, profile: {} },
      client: { id: clientId },
      heartbeatSeconds: 25,
      conversations: this.#messages.length > 0 ? [this.#state()] : [],
      hasMore: false,
    };
  }

  #answer(frame: Frame): Frame {
    switch (frame['type']) {
      case 'history':
        return { messages: this.#messages.filter(({ number }) => number < Number(frame['before'] ?? Infinity)), hasMore: false };
      case 'conversation.get':
        return { conversation: this.#state() };
      case 'conversations':
        return { conversations: [], hasMore: false };
      case 'send': {
        const { text = '' } = frame['message'] as { text?: string };
        const said = { ...messageOf(this.#messages.length + 1, 0, text), clientMessageId: String(frame['id']) };
        this.#messages.push(said);
        return { message: said, conversation };
      }
      default:
        return {};
    }
  }

  #state(): ConversationState {
    const last = this.#messages.at(-1);
    const number = last?.number ?? 0;
    return {
      id: conversation,
      type: 'personal',
      isDefault: true,
      lastUpdatedAt: last?.received,
      createdAt: last?.received,
      lastNumber: number,
      change: number,
      unreadCount: 0,
      readNumber: number,
      businessReadNumber: number,
      participants: [{ id: 'preview-participant', userId: session.userId }],
      lastMessage: last ?? null,
    };
  }
}

function sampleTalk(): Message[] {
  const { lang } = document.documentElement;
  const { question, answer, thanks } = lang.startsWith('de') ? german : english;
  return [messageOf(1, 6, question), messageOf(2, 4, answer, 'Kim'), messageOf(3, 3, thanks)];
}

const english = { question: 'Hello! When will my order be here?', answer: 'It left us this morning, and will be with you tomorrow. Here is where it is: https://example.com/parcel', thanks: 'That was quick. Thank you!' };
const german = { question: 'Hallo! Wann kommt meine Bestellung?', answer: 'Sie ist heute früh losgegangen und morgen bei dir. Hier ist sie gerade: https://example.com/paket', thanks: 'Das ging schnell. Danke!' };

function messageOf(number: number, minutesAgo: number, text: string, displayName?: string): Message {
  const received = new Date(Date.now() - minutesAgo * minute).toISOString();
  const author: Message['author'] = displayName ? { type: 'business', displayName } : { type: 'user', userId: session.userId };
  return { id: `preview-message-${number}`, number, change: number, received, author, content: { type: 'text', text } };
}
