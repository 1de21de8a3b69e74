import { seen } from '../ready.ts';
import type { Story } from '../stage.ts';
import { shortTalk } from './talk.ts';

/** What keeps one from the other side. */
export const line: Record<string, Story> = {
  'line/lost': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.loseLine();
    await seen('.notice');
  },
  'line/unsent': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.client.emit('dropped', 2);
    await seen('.notice');
  },
  'stopped/refused': async (stage) => {
    shortTalk(stage);
    await stage.open();
    for (const one of stage.parlor.lines) {
      one.send([{ type: 'error', status: 403, error: { code: 'forbidden', title: 'This page may not use the chat.' } }]);
      one.close(4403);
    }
    await seen('[role=alert]');
  },
};
