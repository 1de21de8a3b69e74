import type { ConversationShape } from '../api.ts';
import type { ConversationChange, Mirror } from '../bridge.ts';

/** What the host page knows of the frame's state, for the calls that answer at once. */
export class HostMirror {
  state: Mirror = {
    user: { hasPaymentInfo: false, metadata: {} },
    signedIn: false,
    known: false,
    unread: 0,
    hasMore: false,
    displayed: null,
    order: [],
  };
  readonly #held = new Map<string, ConversationShape>();

  update(state: Mirror, changed: ConversationChange[]): void {
    this.state = state;
    for (const { before, after, ...conversation } of changed) {
      const former = this.get(conversation.id)?.messages ?? [];
      const messages = [...former.slice(0, before), ...conversation.messages, ...former.slice(former.length - after)];
      this.#held.set(conversation.id, { ...conversation, messages });
    }
    for (const id of this.#held.keys()) if (!state.order.includes(id)) this.#held.delete(id);
  }

  /** The id of the user who signed in with a token; undefined: nobody, or somebody anonymous. */
  get who(): string | undefined {
    return this.state.known ? this.state.user.id : undefined;
  }

  get(id: string | null | undefined): ConversationShape | undefined {
    return id ? this.#held.get(id) : undefined;
  }

  list(): ConversationShape[] {
    return this.state.order.flatMap((id) => this.#held.get(id) ?? []);
  }

  get displayed(): ConversationShape | null {
    return this.get(this.state.displayed) ?? null;
  }
}
