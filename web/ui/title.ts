/** How many answers are unread, before the title of the page: fetched with the first that is. Several chats on a page add up. */

const unread = new Map<object, number>();
/** What the page calls itself, to the letter; undefined as long as nothing of ours is there. */
let own: string | undefined;
/** The title that we wrote, as the document reads it. */
let shown = '';
const watcher = new MutationObserver(() => {
  if (document.title === shown) return;
  // The page has called itself something else: that counts.
  own = titleElement()?.textContent ?? '';
  write();
});

const titleElement = () => document.head.querySelector('title');

/** Says in the title how many there are in the chat of that owner; with none anywhere, the title is the page's own again. */
export function badge(owner: object, count: number): void {
  if (count > 0) unread.set(owner, count);
  else unread.delete(owner);
  write();
}

function write(): void {
  const element = titleElement();
  const sum = [...unread.values()].reduce((all, one) => all + one, 0);
  // A page without a title is called by its address.
  if (!element || (sum === 0 && own === undefined)) return;
  own ??= element.textContent;
  watcher.disconnect();
  element.textContent = sum === 0 ? own : `(${sum > 9 ? '9+' : sum}) ${own}`;
  shown = document.title;
  if (sum === 0) own = undefined;
  else watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
}
