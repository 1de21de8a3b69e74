import type { Translated } from './en.ts';
import type { english } from './english.ts';

/** What each language has: all texts of the messenger, those of its later parts among them. */
export type Texts = Translated<typeof english>;
