/** What a word begins with that is completed: `/` of a canned reply, `:` of an emoji. */
export type Trigger = '/' | ':';

export interface Word {
  trigger: Trigger;
  query: string;
  /** Where it begins and ends in the text. */
  from: number;
  to: number;
}

const forms: [Trigger, RegExp][] = [['/', /(?:^|\s)\/([\w-]*)$/], [':', /(?:^|\s):([\p{L}\d_+-]{2,})$/u]];

/** The word before the caret that is to be completed, if there is one. */
export function wordAt(text: string, caret: number, triggers: readonly Trigger[]): Word | undefined {
  const before = text.slice(0, caret);
  for (const [trigger, form] of forms) {
    const query = triggers.includes(trigger) ? form.exec(before)?.[1] : undefined;
    if (query !== undefined) return { trigger, query, from: caret - query.length - 1, to: caret };
  }
  return undefined;
}
