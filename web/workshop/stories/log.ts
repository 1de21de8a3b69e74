import { drawn, seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { kim, longWord, shortTalk } from './talk.ts';

const day = 24 * 60;

/** The messages of a conversation. */
export const log: Record<string, Story> = {
  'log/one': async (stage) => {
    stage.ago(2);
    stage.kim('Hello Ana! Your fern is on its way.', kim);
    await stage.open();
  },
  'log/grouped': async (stage) => {
    shortTalk(stage);
    await stage.open();
  },
  'log/assistant': async (stage) => {
    stage.ago(5);
    stage.ana('How often does a maidenhair fern want water?');
    stage.ago(4);
    stage.kim('Every second day, and never let it dry out. It likes a bathroom.', { displayName: 'Fern', subtypes: ['AI'] });
    stage.ago(3);
    stage.kim('And I am here if you would like to talk to a person.', kim);
    await stage.open();
  },
  'log/links': async (stage) => {
    stage.ago(4);
    stage.ana('Is it this one? https://fernhill.example/plants/adiantum?size=large&pot=terracotta#care');
    stage.ago(3);
    stage.kim('It is. Write to kim@fernhill.example with a picture, or see https://fernhill.example.', kim);
    await stage.open();
  },
  'log/long-words': async (stage) => {
    stage.ago(4);
    stage.ana(longWord.repeat(3));
    stage.ago(3);
    stage.kim(`https://fernhill.example/${longWord}/${longWord}?q=${longWord}`, { displayName: longWord });
    await stage.open();
  },
  'log/long-texts': async (stage) => {
    stage.ago(4);
    stage.ana('It stands by the window, but not in the sun. '.repeat(12));
    stage.ago(3);
    stage.kim('First:\n\n  turn it once a week\n  mist it in the morning\n\nThen wait. '.repeat(5), kim);
    await stage.open();
  },
  'log/days': async (stage) => {
    stage.begin();
    for (const days of [400, 20, 1, 0]) {
      stage.ago(days * day + 40);
      stage.ana('Is the lamp back in stock?');
      stage.ago(days * day + 20);
      stage.kim(days > 0 ? 'Not yet.' : 'It is!', kim);
    }
    await stage.open();
  },
  'log/new': async (stage) => {
    shortTalk(stage);
    stage.ago(1);
    stage.news('It left the house this minute.', kim);
    stage.news('You will get a mail with its number.', kim);
    await stage.open();
    await seen('.divider');
  },
  'log/many': async (stage) => {
    manyMessages(stage);
    await stage.open();
  },
  'log/jump': async (stage) => {
    manyMessages(stage);
    await stage.open();
    await scrollUp();
  },
  'log/jump-new': async (stage) => {
    manyMessages(stage);
    await stage.open();
    await scrollUp();
    for (let number = 1; number <= 3; number++) {
      stage.news(`News ${number}`, kim);
      await until(() => stage.model.look.unseen === number);
    }
  },
  'log/loading': async (stage) => {
    manyMessages(stage);
    await stage.open();
    stage.stall();
    await scrollTo(() => 0, () => stage.model.look.history === 'loading');
    await drawn();
    scroller().scrollTop = 0;
  },
  'log/load-failed': async (stage) => {
    manyMessages(stage);
    await stage.open();
    stage.parlor.refusals.set('history', { code: 'service_unavailable', title: 'Not now.' });
    await scrollTo(() => 0, () => stage.model.look.history === 'failed');
    await drawn();
    scroller().scrollTop = 0;
  },
};

function manyMessages(stage: Stage): void {
  stage.begin();
  for (let number = 120; number > 0; number--) {
    stage.ago(number * 7);
    if (number % 3 === 0) stage.ana(`Question ${41 - number / 3}: how much water does it want?`);
    else stage.kim(number % 3 === 1 ? 'And a little more in summer.' : 'About a cup every other day.', kim);
  }
}

function scroller(): Element {
  return document.querySelector('.scroller') as Element;
}

/** Away from the end, and not so far that older messages are fetched. */
function scrollUp(): Promise<void> {
  return scrollTo(() => scroller().scrollHeight / 2, () => document.querySelector('.jump'));
}

/**
 * Scrolls until it is so, as somebody does who wants to get there: what comes late while the end is in sight brings the end back,
 * if the browser has not told of the scrolling yet.
 */
function scrollTo(top: () => number, isSo: () => unknown): Promise<void> {
  return until(() => {
    if (isSo()) return true;
    scroller().scrollTop = top();
    return false;
  });
}
