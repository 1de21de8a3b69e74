import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { texts } from '../strings/index.ts';
import { Icon } from './icon.tsx';

const saidForMs = 2_000;

/** Something to be copied and kept elsewhere. */
export function Copyable({ label, value }: { label: string; value: string }): JSX.Element {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const { common } = texts.value;
  const copy = () =>
    void navigator.clipboard.writeText(value).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), saidForMs);
    });
  return (
    <div class="labelled">
      <label for={id}>{label}</label>
      <div class="copyable">
        <input id={id} readOnly value={value} dir="ltr" onFocus={({ currentTarget }) => currentTarget.select()} />
        <button type="button" class="button" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} />
          <span aria-live="polite">{isCopied ? common.copied : common.copy}</span>
        </button>
      </div>
    </div>
  );
}
