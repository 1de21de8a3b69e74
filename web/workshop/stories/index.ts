/** Every part of the messenger in every state. A story of this name is seen at `frame.html?story=<name>`. */
import type { Story } from '../stage.ts';
import { files } from './files.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { odd } from './odd.ts';
import { composer, delivery, header, line, welcome } from './parts.ts';
import { rich } from './rich.ts';

export const stories: Record<string, Story> = { ...welcome, ...log, ...delivery, ...composer, ...header, ...list, ...line, ...rich, ...files, ...odd };
