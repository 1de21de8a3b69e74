import type { ConversationShape } from '../api.ts';
import type { Mirror } from '../bridge.ts';

/** What the host page knows of the frame's state, for the calls that answer at once. */
export class HostMirror {
  state: Omit<Mirror, 'changed'> = {
    user: { hasPaymentInfo: false, metadata: {} },
    signedIn: false,
    known: false,
    unread: 0,
    hasMore: false,
    displayed: null,
    order: [],
  };
  readonly #held = new Map<string, ConversationShape>();

  update({ changed, ...state }: Mirror): void {
    this.state = state;
    for (const conversation of changed) this.#held.set(conversation.id, conversation);
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
