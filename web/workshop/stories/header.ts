import { drawn, seen } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { kim, longName, shortTalk } from './talk.ts';

/** Who answers, and the ways out. */
export const header: Record<string, Story> = {
  'header/alone': async (stage) => {
    shortTalk(stage);
    await stage.open({ conversationList: false, close: undefined, businessIconUrl: undefined });
  },
  'header/long-names': async (stage) => {
    stage.begin({ displayName: longName, description: `${longName}, ${longName}` });
    stage.kim('Hello!', { displayName: longName });
    stage.model.set({ expandable: true });
    await stage.open({ expand: () => undefined });
  },
  'header/team': async (stage) => {
    shortTalk(stage);
    stage.kim('I have packed it.', { displayName: 'Mira', avatarUrl: '/pictures/fern.svg' });
    stage.kim('And I take it to the post.', { displayName: 'Luís' });
    await stage.open();
  },
  'header/broken-picture': async (stage) => {
    stage.ana('Is anybody there?');
    await stage.open({ businessIconUrl: '/pictures/none.svg' });
  },
  'header/expanded': async (stage) => {
    shortTalk(stage);
    stage.model.set({ expandable: true, expanded: true });
    await stage.open({ expand: () => undefined });
  },
  'header/unread-elsewhere': async (stage) => {
    stage.begin();
    stage.ago(30);
    stage.news('Your other order is ready.', kim);
    shortTalk(stage);
    await stage.open();
    await seen('.dot');
  },
  'header/sound-on': (stage) => withSound(stage),
  'header/sound-off': async (stage) => {
    await withSound(stage);
    stage.press('.header .tool');
    await drawn();
  },
};

async function withSound(stage: Stage): Promise<void> {
  const { sound } = await import('../../ui/sound.tsx');
  localStorage.removeItem('parlor.silent');
  stage.model.extras.tool = sound(stage.model).tool;
  await stage.open();
}
