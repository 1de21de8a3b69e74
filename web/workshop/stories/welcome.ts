import { seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { longName, longWord, shortTalk } from './talk.ts';

/** What is new to somebody new, and what they are asked before. */
export const welcome: Record<string, Story> = {
  'welcome/first': (stage) => stage.open(),
  'welcome/by-name': async (stage) => {
    stage.signIn();
    await stage.open();
  },
  'welcome/long-name': async (stage) => {
    stage.signIn(longWord);
    await stage.open({ businessName: longName });
  },
  'welcome/starter': async (stage) => {
    stage.signIn();
    await stage.open();
    stage.press('.starters button');
    await until(() => stage.model.look.text);
  },
  'welcome/members-only': async (stage) => {
    stage.parlor.anonymous = false;
    await stage.open();
  },
  'welcome/introduction': async (stage) => {
    const { grant } = await import('../../ui/wishes/grant.tsx');
    await grant(stage.model, { fixedHeader: true });
    shortTalk(stage);
    await stage.open();
  },
  'prechat/empty': async (stage) => {
    await askFirst(stage);
    await seen('.form');
  },
  'prechat/faults': async (stage) => {
    await askFirst(stage);
    await seen('.form');
    stage.press('.submit');
    await seen('.fault:not(:empty)');
  },
};

async function askFirst(stage: Stage): Promise<void> {
  const { grant } = await import('../../ui/wishes/grant.tsx');
  await grant(stage.model, { prechat: { enabled: true } });
  await stage.open();
}
