import type { ConversationShape, UserShape } from '../api.ts';
import type { Mirror } from '../bridge.ts';

/** What the host page knows of the frame's state, for the calls that answer at once. */
export class HostMirror {
  user: UserShape = { hasPaymentInfo: false, metadata: {} };
  signedIn = false;
  unread = 0;
  hasMore = false;
  private displayedId: string | null = null;
  private order: string[] = [];
  private readonly held = new Map<string, ConversationShape>();

  update({ user, signedIn, unread, hasMore, displayed, order, changed }: Mirror): void {
    Object.assign(this, { user, signedIn, unread, hasMore, order });
    this.displayedId = displayed;
    for (const conversation of changed) this.held.set(conversation.id, conversation);
    for (const id of this.held.keys()) if (!order.includes(id)) this.held.delete(id);
  }

  get(id: string | null | undefined): ConversationShape | undefined {
    return id ? this.held.get(id) : undefined;
  }

  list(): ConversationShape[] {
    return this.order.flatMap((id) => this.held.get(id) ?? []);
  }

  get displayed(): ConversationShape | null {
    return this.get(this.displayedId) ?? null;
  }
}
