import { seen } from '../ready.ts';
import type { Story } from '../stage.ts';
import { kim, shortTalk } from './talk.ts';

const mostCharacters = 4096;

/** Where one writes. */
export const composer: Record<string, Story> = {
  'composer/draft': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.model.write('Does it come with a bulb?');
  },
  'composer/many-lines': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.model.write(Array.from({ length: 12 }, (_, line) => `Line ${line + 1} of what I have to say`).join('\n'));
  },
  'composer/count': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.model.write('fern '.repeat((0.9 * mostCharacters) / 5));
    await seen('.characters:not(:empty)');
  },
  'composer/too-long': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.model.write('x'.repeat(100_000));
    await seen('.characters.error');
  },
  'composer/blocked-by-form': async (stage) => {
    stage.ago(3);
    stage.kim({ type: 'form', text: 'Before we go on', blockChatInput: true, fields: [{ type: 'email', name: 'mail', label: 'Where do we write to?' }] }, kim);
    await stage.open();
    await seen('.blocked');
  },
  'composer/waits': async (stage) => {
    stage.ago(3);
    stage.kim({ type: 'text', text: 'One moment, I look it up.', blockChatInput: true }, kim);
    await stage.open();
    await seen('.blocked');
  },
  'composer/session-ended': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.parlor.endAll('session ended');
    await seen('.blocked');
  },
};
