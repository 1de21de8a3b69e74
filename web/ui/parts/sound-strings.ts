import type { Messenger } from '../model.ts';
import type { Translated } from '../strings/index.ts';

/** What the switch for the sound is called, in English. */
export const en = {
  soundOff: 'Turn the sound off',
  soundOn: 'Turn the sound on',
};

/** The texts, with those of the language and the host page's own in place of the English ones. */
export function soundStrings({ options }: Messenger): Translated<typeof en> {
  return { ...en, ...options.strings };
}
