import { seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { shortTalk } from './talk.ts';

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

async function say(stage: Stage, text: string): Promise<void> {
  stage.model.write(text);
  void stage.model.send();
  await until(() => stage.model.entries.length > 0);
}
