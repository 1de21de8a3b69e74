import { messageShape, seconds, userShape } from '../../sdk/index.ts';
import type { Client, Conversation, Message } from '../../sdk/index.ts';
import type { Messenger } from '../../ui/model.ts';
import type { Mirror } from '../bridge.ts';
import { changeOf } from './change.ts';
import type { HostPort } from './port.ts';

/** Keeps the host page's mirror in step and tells it the public events, each after the state that it speaks of. */
export class Reports {
  readonly #client: Client;
  readonly #model: Messenger;
  readonly #port: HostPort;
  #sent = new Map<string, Conversation>();
  #last = '';
  #scheduled = false;
  #wasConnected = false;

  constructor(client: Client, model: Messenger, port: HostPort) {
    this.#client = client;
    this.#model = model;
    this.#port = port;
    const { store } = client;
    const later = () => this.#schedule();
    client.on('change', later);
    store.on('change', later);
    model.on('change', later);
    client.on('connection', (state) => this.#connection(state));
    client.on('dropped', (count) => this.#event('log:debug', [{ timestamp: Date.now() / 1000, message: 'messages of the former user were not sent', data: { count } }]));
    store.on('message', (message, id) => this.#message(message, id));
    store.on('added', (id) => this.#event('conversation:added', [store.get(id)?.state.participants ?? []], id));
    store.on('removed', (id) => this.#event('conversation:removed', [], id));
    store.on('read', ({ by, userId, at, conversation }) => this.#event('conversation:read', [{ role: by, userId, lastRead: seconds(at) }], conversation));
    store.on('participant', ({ type, userId, conversation }) =>
      this.#event(type === 'participant.added' ? 'participant:added' : 'participant:removed', [{ id: userId, userId }], conversation),
    );
    store.on('unread', (count, id) => this.#event('unreadCount', [count], id));
    store.on('typing', ({ active, conversation, author }) => {
      const { displayName: name, avatarUrl } = author;
      this.#event(active ? 'typing:start' : 'typing:stop', [], conversation, { name, avatarUrl });
    });
  }

  /** Brings the mirror up to date now. */
  flush(): void {
    const { store } = this.#client;
    const held = store.list();
    const me = this.#client.user?.id;
    const sent = this.#sent;
    const changed = held.filter((one) => sent.get(one.state.id) !== one);
    const mirror: Mirror = {
      user: userShape(this.#client.user, this.#client.fieldsToCome),
      signedIn: this.#client.presence === 'user',
      known: this.#client.isKnown,
      unread: store.unreadCount(),
      hasMore: store.hasMore,
      displayed: this.#model.conversation?.state.id ?? null,
      order: held.map((one) => one.state.id),
    };
    const text = JSON.stringify(mirror);
    if (changed.length === 0 && text === this.#last) return;
    this.#last = text;
    this.#sent = new Map(held.map((one) => [one.state.id, one]));
    this.#port.post({ parlor: 'mirror', mirror, changed: changed.map((one) => changeOf(one, sent.get(one.state.id)?.messages, me)) });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  #event(name: string, args: unknown[], conversation?: string, data: Record<string, unknown> = {}): void {
    this.flush();
    this.#port.post({ parlor: 'event', event: { name, args, conversation, data } });
  }

  #message(message: Message, id: string): void {
    const shape = messageShape(message);
    const own = message.author.type === 'user' && message.author.userId === this.#client.user?.id;
    this.#event('message', [shape], id);
    this.#event(own ? 'message:sent' : 'message:received', [shape], id);
  }

  #connection(state: string): void {
    if (state === 'connected') this.#event('connected', []);
    else if (this.#wasConnected) this.#event('disconnected', []);
    if (state === 'reconnecting') this.#event('reconnecting', []);
    this.#wasConnected = state === 'connected';
  }
}
