import { describe, expect, it } from 'vitest';
import type { Child, Leaf } from '../view/h.ts';
import { h } from '../view/h.ts';
import { markup } from './markup.tsx';

/** The picture as HTML, with every attribute that it would set. */
function seen(child: Child): string {
  return h('div', null, child).children.map(leafOf).join('');
}

function leafOf(leaf: Leaf): string {
  if (leaf.tag === undefined) return leaf.text.replaceAll('<', '&lt;');
  const attributes = Object.entries(leaf.attributes).flatMap(([name, value]) => (value === undefined || name === '__source' ? [] : ` ${name}="${String(value)}"`));
  return `<${leaf.tag}${attributes.join('')}>${leaf.children.map(leafOf).join('')}</${leaf.tag}>`;
}

const link = (href: string, inside: string, where?: string) =>
  `<a href="${href}" target="_blank" rel="noopener noreferrer nofollow"><span class="words">${inside}</span>${where ? ` <small class="where" dir="ltr">${where}</small>` : ''}</a>`;

describe('safe HTML', () => {
  it.each([
    ['elements and texts', '<p>Is <strong>this</strong> yours?</p>', '<p>Is <strong>this</strong> yours?</p>'],
    ['lists, one in another', '<ul><li>a<ol><li>b</li></ol></li></ul>', '<ul><li>a<ol><li>b</li></ol></li></ul>'],
    ['line breaks', 'a<br/>b<br>c', 'a<br></br>b<br></br>c'],
    ['characters that were escaped', '<code>a &lt; b &amp;&amp; c &#34;d&#39; &#128578;</code>', '<code>a &lt; b && c "d\' 🙂</code>'],
    ['what was escaped twice', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['names of characters that are none', '&nbsp;&#99999999;&#1114112;', '&nbsp;&#99999999;\ufffd'],
    ['nothing', '', ''],
  ])('shows %s', (_, html, shown) => {
    expect(seen(markup(html))).toBe(shown);
  });

  it.each([
    ['another host than the words say', '<a href="https://evil.example/x" rel="x">our shop</a>', link('https://evil.example/x', 'our shop', 'evil.example')],
    ['another host than the words claim', '<a href="https://evil.example/">https://shop.example</a>', link('https://evil.example/', 'https://shop.example', 'evil.example')],
    ['a host that only begins like that of the words', '<a href="https://shop.example/">https://shop.example.evil.example/</a>', link('https://shop.example/', 'https://shop.example.evil.example/', 'shop.example')],
    ['a host behind a name', '<a href="https://evil.example/">https://shop.example@evil.example/</a>', link('https://evil.example/', 'https://shop.example@evil.example/', 'evil.example')],
    ['a host in letters that only look alike', '<a href="https://xn--pple-43d.example/">https://\u0430pple.example/</a>', link('https://xn--pple-43d.example/', 'https://\u0430pple.example/', 'xn--pple-43d.example')],
    ['the host that the words say', '<a href="https://shop.example/a?b=1&amp;c=2">https://shop.example/a?b=1&amp;c=2</a>', link('https://shop.example/a?b=1&c=2', 'https://shop.example/a?b=1&c=2')],
    ['a host alone', '<a href="https://shop.example/a"><b>shop.example</b></a>', link('https://shop.example/a', '<b>shop.example</b>')],
    ['an address for mail', '<a href="mailto:a@shop.example">Write</a>', link('mailto:a@shop.example', 'Write', 'a@shop.example')],
    ['an address for mail that says so', '<a href="mailto:a@shop.example">a@shop.example</a>', link('mailto:a@shop.example', 'a@shop.example')],
    ['a number', '<a href="tel:+351">Call</a>', link('tel:+351', 'Call', '+351')],
  ])('names of a link %s', (_, html, shown) => {
    expect(seen(markup(html))).toBe(shown);
  });

  // The server's sanitiser leaves nothing of these: should it ever, nothing comes of it here.
  it.each([
    ['<script>alert(1)</script>', 'alert(1)'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<svg><a href="javascript:alert(1)">x</a></svg>', 'x'],
    ['<a href="java&#115;cript:alert(1)">x</a>', 'x'],
    ['<a href="https://a.example" onclick="alert(1)" style="color:red">x</a>', link('https://a.example/', 'x', 'a.example')],
    ['<p onclick=alert(1) style="position:fixed">x</p>', '<p>x</p>'],
    ['<style>*{display:none}</style>', '*{display:none}'],
    ['<iframe srcdoc="<script>alert(1)</script>">', 'alert(1)">'],
    ['<b><i>never closed', '<b><i>never closed</i></b>'],
    ['closed too often</p></p></div>', 'closed too often'],
    ['<b>crossed <i>over</b> here</i>', '<b>crossed <i>over here</i></b>'],
    ['a < b', 'a &lt; b'],
    ['<', '&lt;'],
    ['<constructor>x</constructor><__proto__>y', 'x&lt;__proto__>y'],
  ])('makes nothing but texts and known elements of %s', (html, shown) => {
    expect(seen(markup(html))).toBe(shown);
  });
});
