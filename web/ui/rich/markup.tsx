import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { Link, addressOf } from './links.tsx';

/** The elements of the server's safe HTML (`HtmlText` of api/openapi.yaml), but for links. */
const elements = ['p', 'b', 'strong', 'i', 'em', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'];
const pieces = /<(\/?)([a-z][^\s/>]*)([^>]*)>|[^<]+|</gi;
const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

interface Open {
  tag: string;
  url?: URL;
  inside: Child[];
  /** The same without any elements. */
  words: string;
}

/**
 * The pictures of a safe HTML. It is read here, and not by the browser: where a policy asks for trusted types, a parser of the
 * browser takes no text, and what comes out of this are elements of the list and texts, whatever goes in. The server's HTML is
 * well-formed and escapes every `<`, `>` and `&`, so that this reads it as a browser would.
 */
export function markup(html: string): Child {
  const root: Open = { tag: '', inside: [], words: '' };
  const open = [root];
  const close = () => {
    const done = open.pop() as Open;
    const parent = open.at(-1) as Open;
    parent.inside.push(pictureOf(done));
    parent.words += done.words;
  };
  for (const [piece, slash, name, attributes = ''] of html.matchAll(pieces)) {
    const tag = name?.toLowerCase();
    const top = open.at(-1) as Open;
    if (!tag) {
      const text = unescaped(piece);
      top.inside.push(text);
      top.words += text;
    } else if (tag === 'br') top.inside.push(<br />);
    else if (!slash) open.push({ tag, url: tag === 'a' ? hrefIn(attributes) : undefined, inside: [], words: '' });
    else if (top.tag === tag) close();
  }
  while (open.length > 1) close();
  return root.inside;
}

/** What is on no list is what stands in it. Code is moved sideways, by keyboard too. */
function pictureOf({ tag, url, inside, words }: Open): Child {
  if (url) return <Link url={url} words={words}>{inside}</Link>;
  return elements.includes(tag) ? h(tag, tag === 'pre' ? { tabindex: 0 } : null, inside) : inside;
}

function hrefIn(attributes: string): URL | undefined {
  return addressOf(unescaped(/\shref="([^"]*)"/i.exec(attributes)?.[1] ?? ''));
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|(amp|lt|gt|quot));/g, (whole, code: string | undefined, name: string | undefined) =>
    code ? characterOf(Number(code)) : (characters[name ?? ''] ?? whole),
  );
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
