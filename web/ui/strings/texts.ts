import type { en as announcements } from '../parts/announcement-strings.ts';
import type { en as list } from '../parts/list-strings.ts';
import type { en as sound } from '../parts/sound-strings.ts';
import type { en as rich } from '../rich/strings.ts';
import type { en as prechat } from '../wishes/strings.ts';
import type { Translated, en } from './en.ts';
import type { Names } from './speech.ts';

/** What each language has: all texts of the messenger, those of its later parts among them. */
export type Texts = Translated<typeof en & typeof list & typeof rich & typeof announcements & typeof sound & typeof prechat> & Names;
