const prefix = 'parlor.console.draft.';

export type Writing = 'answer' | 'note';

/** What was written and not sent, in this browser: of each conversation an answer and a note. */
export const drafts = {
  get(conversation: string, writing: Writing): string {
    return localStorage.getItem(`${prefix}${conversation}.${writing}`) ?? '';
  },

  set(conversation: string, writing: Writing, text: string): void {
    const name = `${prefix}${conversation}.${writing}`;
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  },

  /** Puts what was not sent before what was written since. */
  giveBack(conversation: string, writing: Writing, text: string): void {
    this.set(conversation, writing, [text, this.get(conversation, writing)].filter(Boolean).join('\n'));
  },

  /** Whoever signs in here next is somebody else. */
  clear(): void {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
  },
};
