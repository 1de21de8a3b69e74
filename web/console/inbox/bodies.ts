/** How the messenger shows what messages say, for agents who see the same. */
import { signal } from '@preact/signals';
import type { Messenger } from '../../ui/model.ts';
import { en } from '../../ui/strings/en.ts';
import type { Strings } from '../../ui/strings/index.ts';
import type { Child } from '../../ui/view/h.ts';
import type { Message } from '../api/inbox.ts';
import { language, locale } from '../strings/index.ts';
import type { Language } from '../strings/index.ts';

/** A text has its type and itself; what has more is shown by a part that is fetched with the first of it. */
const plainMembers = 2;

export interface Bodies {
  message(message: Message): Child;
}

/** Moves when messages are to be drawn anew: a picture could not be had, or the part that draws them came. */
export const drawn = signal(0);

/** The messages of the conversation in view: a picture is looked at among all of them. */
export const inView = signal<readonly Message[]>([]);

const others: Record<Exclude<Language, 'en'>, () => Promise<Strings>> = { de: async () => (await import('../../ui/strings/de.ts')).texts };
const made = new Map<Language, Promise<Bodies>>();
const ready = new Map<Language, Bodies>();

export function isPlain({ content }: Message): boolean {
  return content.type === 'text' && Object.keys(content).length <= plainMembers;
}

/** Undefined as long as it is being fetched. */
export function bodies(): Bodies | undefined {
  const spoken = language.value;
  if (!made.has(spoken)) made.set(spoken, make(spoken));
  return ready.get(spoken);
}

async function make(spoken: Language): Promise<Bodies> {
  const strings = spoken === 'en' ? en : await others[spoken]();
  const rich = new (await import('../../ui/rich/rich.tsx')).Rich(readerOf(strings) as unknown as Messenger);
  ready.set(spoken, rich);
  drawn.value += 1;
  return rich;
}

/** What the messenger's parts ask of the messenger where nobody writes: here is no user who could press or fill in anything. */
function readerOf(strings: Strings): Pick<Messenger, 'messages' | 'entries' | 'conversationId' | 'set' | 'on'> & { options: object } {
  return {
    options: { strings, locale: locale.value, client: { user: undefined, mayWrite: false, ask: () => Promise.reject(new Error('there is no line of a user')) } },
    get messages() {
      return inView.value;
    },
    entries: [],
    conversationId: undefined,
    set: () => void (drawn.value += 1),
    on: () => () => undefined,
  };
}
