import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Inbox } from './inbox.ts';

const context = createContext<Inbox | undefined>(undefined);

export const InboxProvider = context.Provider;

export function useInbox(): Inbox {
  const found = useContext(context);
  if (!found) throw new Error('drawn outside of an inbox');
  return found;
}
