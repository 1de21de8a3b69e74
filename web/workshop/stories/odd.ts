import { until } from '../ready.ts';
import type { Story } from '../stage.ts';
import { kim, longWord } from './talk.ts';

/** Texts that nobody wishes for, and those of other scripts. */
const texts: Record<string, string[]> = {
  'odd/zero-width': ['\u200b\u200b\u200b', `in\u200bvis\u200dible\u2060 letters\ufeff`, '\u00ad'.repeat(200) + 'soft'],
  'odd/turned': ['\u202egnp.exe is no picture', 'user\u202e\u2066 // then\u2069 \u2066admin\u2069', '(\u202eabc\u202c)', 'مرحبا 123 Fastnet (٣)'],
  'odd/emoji': ['🌿'.repeat(500), '👩‍👩‍👧‍👦'.repeat(40), '👍'],
  'odd/marks': ['Z̷̧̨̛͎͖̟̪̹̦͈̈́̾̅͆̓̕͝'.repeat(12), 'e\u0301'.repeat(60)],
  'odd/markup': ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '{{constructor.constructor("alert(1)")()}}', 'javascript:alert(1) https://fernhill.example/"onmouseover="alert(1)'],
  'odd/one-letter': ['.', 'k', '?'],
  'odd/lines': ['\n\n\nfrom above\n\n\n', 'a\tb\tc\n1\t2\t3', '  indented\n    more'],
  'odd/very-long': ['Ferns like the shade, and say so. '.repeat(2_950)],
  'script/arabic': ['مرحبًا! هل يتوفر مصباح فاستنت باللون الأسود؟', 'نعم، بقي ثلاثة. هل أحجز لك واحدًا؟', 'السعر 19.99 € والموقع https://fernhill.example/lamp'],
  'script/japanese': ['こんにちは。ファストネットのランプに黒はありますか？', 'はい、あと三つございます。お取り置きしましょうか？', 'リスボンまでは通常二日です。'],
  'script/chinese': ['你好！法斯特内特台灯有黑色的吗？', '有的，还剩三个。要给您留一个吗？', '到里斯本一般需要两天。'],
};

export const odd: Record<string, Story> = {
  ...Object.fromEntries(
    Object.entries(texts).map(([name, said]): [string, Story] => [
      name,
      async (stage) => {
        stage.begin();
        stage.ago(6);
        said.forEach((text, i) => {
          stage.ago(6 - i);
          if (i % 2 === 0) stage.ana(text);
          else stage.kim(text, kim);
        });
        await stage.open();
      },
    ]),
  ),
  'odd/names': async (stage) => {
    stage.begin({ displayName: '<b>Order</b> \u202e4711', description: '\u200b' });
    stage.ago(5);
    stage.kim('Hello', { displayName: '\u202emiK' });
    stage.kim('Hello', { displayName: '"><script>alert(1)</script>' });
    stage.kim('Hello', { displayName: longWord.repeat(2) });
    stage.kim('Hello', { displayName: '👩🏽‍🌾 Kim' });
    await stage.open();
    await until(() => document.querySelectorAll('.author').length === 4);
  },
};
