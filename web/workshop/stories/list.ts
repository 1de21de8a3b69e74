import { seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { kim, longName, longWord } from './talk.ts';

const subjects = ['Order 4711', 'The Fastnet lamp', 'Watering', 'A gift for Mira', 'Invoice of October', 'Opening hours'];
const lines = ['It left the house this minute.', 'There are three left.', 'Every other day.', 'With a card?', 'Here it is.', 'From nine to six.'];

/** All conversations of the person. */
export const list: Record<string, Story> = {
  'list/one': async (stage) => {
    stage.begin();
    stage.ago(12);
    stage.kim('Every second day, and never let it dry out.', kim);
    await openList(stage);
  },
  'list/many': async (stage) => {
    conversations(stage, 6);
    await openList(stage);
  },
  'list/unread': async (stage) => {
    conversations(stage, 4);
    stage.begin({ displayName: 'Order 4712', iconUrl: '/pictures/lamp.svg' });
    stage.ago(8);
    for (let number = 1; number <= 12; number++) stage.news(`Parcel ${number} is on its way.`, kim);
    stage.begin({ displayName: 'Returns' });
    stage.ago(3);
    stage.news('We have got it back.', kim);
    stage.begin();
    stage.ago(1);
    stage.ana('And the pot?');
    await openList(stage);
    await seen('.count', 2);
  },
  'list/more': async (stage) => {
    conversations(stage, 24);
    await openList(stage);
    await seen('.more');
  },
  'list/searched': async (stage) => {
    conversations(stage, 24);
    await openList(stage);
    await searchFor('lamp');
    await until(() => document.querySelectorAll('.item').length === 4);
  },
  'list/none-found': async (stage) => {
    conversations(stage, 24);
    await openList(stage);
    await searchFor('watering can');
    await seen('.above');
  },
  'list/long-names': async (stage) => {
    stage.begin({ displayName: longName });
    stage.ago(60 * 24 * 12);
    stage.news(longName, kim);
    stage.begin({ displayName: longWord });
    stage.ago(5);
    stage.news(longWord, kim);
    await openList(stage);
  },
  'list/kinds': async (stage) => {
    const kinds = [
      { type: 'image', text: 'A lamp', mediaUrl: 'https://cdn.fernhill.example/lamp.svg' },
      { type: 'file', text: 'invoice.pdf', mediaUrl: 'https://cdn.fernhill.example/invoice.pdf' },
      { type: 'carousel', text: 'Two lamps', items: [{ title: 'Fastnet', actions: [] }] },
      { type: 'form', text: 'Who are you?', fields: [] },
      { type: 'text', text: 'Where are you?', actions: [{ id: 'a', type: 'locationRequest' as const, text: 'Here' }] },
    ];
    kinds.forEach((content, i) => {
      stage.begin({ displayName: subjects[i] });
      stage.ago(i * 90 + 5);
      stage.kim(content, kim);
    });
    await openList(stage);
  },
};

function conversations(stage: Stage, count: number): void {
  for (let i = count - 1; i >= 0; i--) {
    stage.begin({ displayName: subjects[i % subjects.length] });
    stage.ago(i ** 3 * 47 + 4);
    stage.kim(lines[i % lines.length] ?? '', kim);
  }
}

/** As the person would; done when all conversations are there. */
async function searchFor(words: string): Promise<void> {
  const field = document.querySelector('.search') as HTMLInputElement;
  field.value = words;
  field.dispatchEvent(new Event('input'));
  await until(() => !document.querySelector('.more'));
}

async function openList(stage: Stage): Promise<void> {
  await stage.open();
  // As a click on the way to it does.
  (document.activeElement as HTMLElement).blur();
  stage.model.showList();
  await seen('.item');
}
