import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';
import { sayTrouble } from './toasts.tsx';

const saidForMs = 2_000;

/** Something to be copied and kept elsewhere. */
export function Copyable({ label, value }: { label: string; value: string }): JSX.Element {
  const id = useId();
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <div class="copyable">
        <input id={id} readOnly value={value} dir="ltr" onFocus={({ currentTarget }) => currentTarget.select()} />
        <CopyButton text={value} />
      </div>
    </div>
  );
}

/** `words` stand on it, and `label` is what it is called where those are not enough. */
export function CopyButton({ text, words = texts.value.common.copy, label }: { text: string; words?: string; label?: string }): JSX.Element {
  const { common } = texts.value;
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
      setTimeout(() => setCopied(''), saidForMs);
    } catch {
      // Browsers have none for pages that came without TLS from another machine, and may be told to keep it.
      sayTrouble(common.notCopied);
    }
  };
  const isCopied = copied === text;
  return (
    <button type="button" class="button" aria-label={label} onClick={() => void copy()}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      <span aria-live="polite">{isCopied ? common.copied : words}</span>
    </button>
  );
}
