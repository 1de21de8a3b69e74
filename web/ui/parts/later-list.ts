import type { Messenger } from '../model.ts';
import type { Child } from '../view/h.ts';
import { Later } from './later.ts';

/** The list of conversations, fetched where there is a way to it. */
export function laterList(model: Messenger): { picture(): Child } {
  const isWanted = () => model.look.opened && model.options.conversationList && model.conversation;
  const later = new Later(model, isWanted, () => import('./styled-list.ts'));
  return { picture: () => later.part?.ConversationList({ model }) };
}
