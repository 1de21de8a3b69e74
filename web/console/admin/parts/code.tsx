import { h } from 'preact';
import type { JSX } from 'preact';
import { CopyButton } from '../../parts/copy.tsx';
import { texts } from '../../strings/index.ts';

/** Lines to be copied into a program or a page. */
export function Code({ label, text }: { label: string; text: string }): JSX.Element {
  const { common } = texts.value;
  return (
    <figure class="code-block">
      <figcaption>
        <span>{label}</span>
        <CopyButton text={text} label={`${common.copy}: ${label}`} />
      </figcaption>
      <pre tabIndex={0} role="region" dir="ltr" aria-label={label}><code>{text}</code></pre>
    </figure>
  );
}
