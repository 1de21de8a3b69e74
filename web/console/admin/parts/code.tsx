import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { texts } from '../../strings/index.ts';

const saidForMs = 2_000;

/** Lines to be copied into a program or a page. */
export function Code({ label, text }: { label: string; text: string }): JSX.Element {
  const [copied, setCopied] = useState('');
  const { common } = texts.value;
  const copy = () =>
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(text);
      setTimeout(() => setCopied(''), saidForMs);
    });
  const isCopied = copied === text;
  return (
    <figure class="code-block">
      <figcaption>
        <span>{label}</span>
        <button type="button" class="button" aria-label={`${common.copy}: ${label}`} onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} />
          <span aria-live="polite">{isCopied ? common.copied : common.copy}</span>
        </button>
      </figcaption>
      <pre tabIndex={0} role="region" dir="ltr" aria-label={label}><code>{text}</code></pre>
    </figure>
  );
}
