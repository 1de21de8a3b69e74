import type { ConversationShape, UserShape } from '../api.ts';
import type { Mirror } from '../bridge.ts';

/** What the host page knows of the frame's state, for the calls that answer at once. */
export class HostMirror {
  user: UserShape = { hasPaymentInfo: false, metadata: {} };
  signedIn = false;
  hasMore = false;
  #displayedId: string | null = null;
  #order: string[] = [];
  readonly #held = new Map<string, ConversationShape>();

  update({ user, signedIn, hasMore, displayed, order, changed }: Mirror): void {
    this.user = user;
    this.signedIn = signedIn;
    this.hasMore = hasMore;
    this.#order = order;
    this.#displayedId = displayed;
    for (const conversation of changed) this.#held.set(conversation.id, conversation);
    for (const id of this.#held.keys()) if (!order.includes(id)) this.#held.delete(id);
  }

  get(id: string | null | undefined): ConversationShape | undefined {
    return id ? this.#held.get(id) : undefined;
  }

  list(): ConversationShape[] {
    return this.#order.flatMap((id) => this.#held.get(id) ?? []);
  }

  get displayed(): ConversationShape | null {
    return this.get(this.#displayedId) ?? null;
  }
}
