import type { Entry, LiveEvent, SavedView } from '../api/inbox.ts';
import type { View } from '../router.ts';

/** Whether the entry is to be seen in the view of this agent. */
export function belongs(entry: Entry, view: View, me: string): boolean {
  const { status, assignee, waitingSince } = entry;
  switch (view) {
    case 'unread':
      return status === 'open' && isUnread(entry);
    case 'waiting':
      return status === 'open' && waitingSince !== undefined;
    case 'mine':
      return status === 'open' && assignee?.id === me;
    case 'unassigned':
      return status === 'open' && !assignee;
    default:
      return status === view;
  }
}

/** Whether the entry is one of a saved view; its words are for the server to look for. */
export function isTaken({ status, assignee, team, tags }: Entry, view: SavedView, me: string): boolean {
  const wanted = view.assignee === 'me' ? me : view.assignee === 'nobody' ? undefined : view.assignee;
  return status === view.status && (!view.assignee || assignee?.id === wanted) && (!view.team || team?.id === view.team) && (!view.tag || tags.includes(view.tag));
}

/** Whether a user wrote since oneself read it last. */
export function isUnread({ userNumber, ownNumber = 0 }: Entry): boolean {
  return userNumber > ownNumber;
}

/** Who waits longest comes first; elsewhere what moved last. */
export function inOrder(view: View): (a: Entry, b: Entry) => number {
  const named = (a: Entry, b: Entry) => (a.conversation < b.conversation ? -1 : 1);
  if (view === 'waiting') return (a, b) => timeOf(a.waitingSince) - timeOf(b.waitingSince) || named(a, b);
  return (a, b) => timeOf(b.movedAt) - timeOf(a.movedAt) || named(b, a);
}

function timeOf(text = ''): number {
  return Date.parse(text) || 0;
}

/** The entry after something happened in its conversation; what else there is to know of it comes by itself. */
export function moved(entry: Entry, event: LiveEvent): Entry {
  const known = { ...entry, change: Math.max(entry.change, ('change' in event && event.change) || 0) };
  switch (event.type) {
    case 'message':
      return withMessage(known, event.message);
    case 'read':
      return event.by === 'user' ? { ...known, readNumber: Math.max(entry.readNumber, event.number) } : { ...known, businessReadNumber: Math.max(entry.businessReadNumber, event.number) };
    case 'conversation':
      return { ...known, displayName: event.state.displayName ?? undefined };
    default:
      return known;
  }
}

function withMessage(entry: Entry, message: Entry['lastMessage'] & object): Entry {
  if (message.number <= entry.lastNumber) return entry;
  const { waitingSince } = entry;
  const isOfUser = message.author.type === 'user';
  const changesSides = isOfUser === (waitingSince === undefined);
  return {
    ...entry,
    lastMessage: message,
    lastNumber: message.number,
    userNumber: isOfUser ? message.number : entry.userNumber,
    waitingSince: isOfUser ? (waitingSince ?? message.received) : undefined,
    movedAt: changesSides ? message.received : entry.movedAt,
  };
}
