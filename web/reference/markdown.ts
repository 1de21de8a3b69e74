/** The Markdown of the contract's descriptions, as markup that loads nothing and runs nothing. */
import { Marked, Renderer } from 'marked';
import type { Tokens } from 'marked';
import { Html, escape } from './html.ts';

/** Where a link may lead; other addresses stay text. */
const address = /^(https?:\/\/|[/#])/;

const reader = new Marked();

class Text extends Renderer {
  /** Added to the depth of a heading, so that it takes its place in the order of the page. */
  constructor(private readonly deeper: number) {
    super();
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const level = Math.min(6, Math.max(2, depth + this.deeper));
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
  }

  override table(token: Tokens.Table): string {
    return `<div class="box" role="group" aria-label="Table" tabindex="0">${super.table(token)}</div>\n`;
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return escape(text);
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escape(token.text);
  }

  override link({ href, tokens }: Tokens.Link): string {
    const inside = this.parser.parseInline(tokens);
    return address.test(href) ? `<a href="${escape(href)}">${inside}</a>` : inside;
  }

  override image({ text }: Tokens.Image): string {
    return escape(text);
  }
}

/** Blocks of Markdown; `deeper` moves its headings down, or up where it is negative. */
export function markdown(text: string, deeper = 3): Html {
  return new Html(reader.parse(text, { renderer: new Text(deeper), async: false }));
}

/** The same for one line of text. */
export function line(text: string): Html {
  return new Html(reader.parseInline(text, { renderer: new Text(0), async: false }));
}
