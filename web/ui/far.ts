/** Histories that are read far above their end: fetched with some hundred messages. No more of them are held than of any other. */
import { mostHeld, pageOfHistory } from '../sdk/store.ts';
import type { Messenger } from './model.ts';

const nearEndPx = 600;

/**
 * Lets go of the newest messages where so many older ones were loaded, and fetches them again, page by page, as the person comes back down, or
 * at once where they jump to the end or write.
 */
export function readFar(model: Messenger): void {
  const { store } = model.options.client;
  let isLoading = false;
  /** Up to where nothing more came: what stood there was deleted. */
  let empty = 0;

  const trim = () => {
    const { conversation, entries, look } = model;
    if (!conversation || look.atEnd) return;
    if (conversation.hasNewer && entries.length > 0) model.set({ atEnd: true, unseen: 0 });
    else if (conversation.messages.length > mostHeld && look.history === 'still') store.put({ ...conversation, messages: conversation.messages.slice(0, mostHeld), hasNewer: true });
  };

  const loadNewer = async (id: string) => {
    const last = store.get(id)?.messages.at(-1)?.number ?? 0;
    const upTo = Math.max(last, empty) + pageOfHistory;
    const { messages } = await store.history(id, upTo + 1);
    const now = store.get(id);
    if (!now?.hasNewer || now.messages.at(-1)?.number !== last) return;
    const newer = messages.filter(({ number }) => number > last);
    const all = [...now.messages, ...newer];
    empty = newer.length > 0 ? 0 : upTo;
    store.put({ ...now, messages: all.slice(-mostHeld), hasMore: now.hasMore || all.length > mostHeld, hasNewer: upTo < now.cursor.number });
  };

  const scrolled = ({ target }: Event) => {
    const { conversation } = model;
    if (!conversation?.hasNewer || isLoading || !(target instanceof Element) || !target.matches('.scroller')) return;
    if (target.scrollHeight - target.scrollTop - target.clientHeight > nearEndPx) return;
    isLoading = true;
    loadNewer(conversation.state.id)
      .catch(() => undefined)
      .finally(() => (isLoading = false));
  };

  const pressed = ({ target }: Event) => {
    if (model.conversation?.hasNewer && target instanceof Element && target.closest('.jump')) model.set({ atEnd: true, unseen: 0 });
  };

  model.on('change', trim);
  addEventListener('scroll', scrolled, true);
  addEventListener('click', pressed, true);
  trim();
}
