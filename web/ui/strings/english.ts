/** All English texts of the messenger, which are with the parts that say them: for what goes over every text, as tests do. */
import { en as attach } from '../attach/strings.ts';
import { en as files } from '../files/strings.ts';
import { en as hours } from '../hours/strings.ts';
import { en as lightbox } from '../lightbox/strings.ts';
import { en as announcements } from '../parts/announcement-strings.ts';
import { en as ends } from '../parts/end-strings.ts';
import { en as list } from '../parts/list-strings.ts';
import { en as sound } from '../parts/sound-strings.ts';
import { en as typing } from '../parts/typing-strings.ts';
import { en as rich } from '../rich/strings.ts';
import { en as prechat } from '../wishes/strings.ts';
import { en } from './en.ts';

export const english = { title: 'Chat', open: 'Open chat', ...en, ...list, ...rich, ...announcements, ...sound, ...prechat, ...attach, ...files, ...lightbox, ...ends, ...typing, ...hours };
