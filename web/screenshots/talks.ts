/** What is said on the pictures: one story in the languages that they show. */
import type { Drawing } from './drawings.ts';

export interface Line {
  /** Who says it; absent: the person in front of the chat. */
  by?: 'Kim' | 'Lou';
  text?: string;
  picture?: Drawing;
  /** More of the content, as REST v2 takes it. */
  more?: (address: (name: Drawing) => string) => object;
}

const card = (title: string, description: string, picture: Drawing, action: string) => (address: (name: Drawing) => string) => ({
  title,
  description,
  mediaUrl: address(picture),
  mediaType: 'image/png',
  actions: [{ type: 'postback', text: action, payload: title }],
});

const cards = [card('Airy soil, 10 l', 'Drains well, keeps roots dry', 'soil', 'Send it'), card('Monstera, large', 'If you would like a second one', 'monstera', 'Put it aside'), card('Sword fern', 'Drinks what others leave', 'fern', 'Put it aside')];

export const english: Line[] = [
  { text: 'Hi! My monstera gets yellow leaves. Is it ill?' },
  { picture: 'ailing' },
  { by: 'Kim', text: 'Hello Ana! No, only thirsty for air: its soil stays wet too long.' },
  { by: 'Lou', text: 'I packed yours on Tuesday. We have a lighter soil now, and the first bag is on us.', more: () => ({ actions: [{ type: 'reply', text: 'Yes, please', payload: 'YES' }, { type: 'reply', text: 'How do I repot it?', payload: 'HOW' }] }) },
];

export const shelf: Line[] = [
  { text: 'What would you take for a shady corner?' },
  { by: 'Kim', text: 'These three are happy there, Ana.' },
  { by: 'Kim', more: (address) => ({ type: 'carousel', items: cards.map((make) => make(address)) }) },
];

export const german: Line[] = [
  { text: 'Kann jemand meine große Monstera umtopfen?' },
  { by: 'Lou', text: 'Gern! Wann passt es Ihnen?' },
  {
    by: 'Lou',
    more: () => ({
      type: 'form',
      fields: [
        { type: 'text', name: 'street', label: 'Straße und Ort', placeholder: 'Am Hang 7, Bremen' },
        { type: 'select', name: 'day', label: 'Tag', options: [{ name: 'mon', label: 'Montag' }, { name: 'fri', label: 'Freitag' }] },
      ],
    }),
  },
];

export const arabic: Line[] = [
  { text: 'مرحبًا! أوراق نبتتي صارت صفراء، هل هي مريضة؟' },
  { picture: 'ailing' },
  { by: 'Kim', text: 'أهلًا! لا تقلقي، التربة رطبة أكثر من اللازم فقط.' },
  { by: 'Kim', text: 'نرسل لك كيس تربة خفيفة غدًا، هدية منا.', more: () => ({ actions: [{ type: 'reply', text: 'شكرًا!', payload: 'YES' }, { type: 'reply', text: 'كيف أنقلها؟', payload: 'HOW' }] }) },
];

export const japanese: Line[] = [
  { text: 'こんにちは。モンステラの葉が黄色くなってきました。' },
  { by: 'Kim', text: 'こんにちは！土が湿りすぎているようです。水やりは週に一度で十分ですよ。' },
  { text: 'よかったです。ありがとうございます！' },
  { by: 'Kim', text: '軽い土をお送りしますね。植え替え方もお伝えします。', more: () => ({ actions: [{ type: 'reply', text: 'お願いします', payload: 'YES' }] }) },
];
