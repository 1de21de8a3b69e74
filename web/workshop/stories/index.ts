/** Every part of the messenger in every state. A story of this name is seen at `frame.html?story=<name>`. */
import type { Story } from '../stage.ts';
import { composer } from './composer.ts';
import { delivery } from './delivery.ts';
import { files } from './files.ts';
import { header } from './header.ts';
import { hours } from './hours.ts';
import { line } from './line.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { odd } from './odd.ts';
import { rich } from './rich.ts';
import { welcome } from './welcome.ts';

export const stories: Record<string, Story> = { ...welcome, ...log, ...delivery, ...composer, ...header, ...list, ...line, ...rich, ...files, ...hours, ...odd };
