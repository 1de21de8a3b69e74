import { drawn, seen, until } from '../ready.ts';
import type { Story } from '../stage.ts';
import { kim, longName, longWord, shortTalk } from './talk.ts';

const mostCharacters = 4096;

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

async function askFirst(stage: Parameters<Story>[0]): Promise<void> {
  const { grant } = await import('../../ui/wishes/grant.tsx');
  await grant(stage.model, { prechat: { enabled: true } });
  await stage.open();
}

/** What became of a message, and who is writing one. */
export const delivery: Record<string, Story> = {
  'delivery/sending': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.stall();
    await say(stage, 'Then I take two.');
  },
  'delivery/waiting': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.loseLine();
    await until(() => stage.client.connectionState === 'reconnecting');
    await say(stage, 'Then I take two.');
  },
  'delivery/delivered': async (stage) => {
    shortTalk(stage);
    await stage.open();
    await say(stage, 'Then I take two.');
    await until(() => stage.client.outbox.list().length === 0);
  },
  'delivery/seen': async (stage) => {
    shortTalk(stage);
    stage.ago(1);
    stage.ana('Then I take two.');
    stage.ago(0);
    stage.parlor.businessReads(stage.talk);
    await stage.open();
  },
  'delivery/failed': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.parlor.refusals.set('send', { code: 'bad_request', title: 'The text must not say this.' });
    await say(stage, 'Then I take two, and a watering can, please.');
    await seen('.failed');
  },
  'typing/one': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.parlor.typing(stage.talk, true, '');
    await dots();
  },
  'typing/named': async (stage) => {
    shortTalk(stage);
    await stage.open();
    stage.parlor.typing(stage.talk, true, 'Kim');
    await dots();
  },
};

/** Done when the dots are to be seen, which takes a moment. */
async function dots(): Promise<void> {
  await seen('.typing');
  await until(() => (document.querySelector('.typing')?.getBoundingClientRect().bottom ?? 0) <= (document.querySelector('.scroller')?.getBoundingClientRect().bottom ?? 0));
}

async function say(stage: Parameters<Story>[0], text: string): Promise<void> {
  stage.model.write(text);
  void stage.model.send();
  await until(() => stage.model.entries.length > 0);
}

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
  'header/broken-picture': async (stage) => {
    shortTalk(stage);
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

async function withSound(stage: Parameters<Story>[0]): Promise<void> {
  const { sound } = await import('../../ui/sound.tsx');
  localStorage.removeItem('parlor.silent');
  stage.model.extras.tool = sound(stage.model).tool;
  await stage.open();
}

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
