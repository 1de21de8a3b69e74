import { h } from 'preact';
import type { JSX } from 'preact';
import type { Assurance } from '../api/inbox.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon.tsx';
import { texts } from '../strings/index.ts';

const glyphs: Record<Assurance, IconName> = { anonymous: 'shieldNone', claimed: 'shieldText', verified: 'shieldMail', signed: 'shieldCheck' };

/** How sure we are who somebody is: one sign, with its words for the pointer and for screen readers. */
export function Shield({ assurance, isSaid }: { assurance: Assurance; isSaid?: boolean }): JSX.Element {
  const words = texts.value.assurance[assurance];
  return (
    <span class={`shield ${assurance}`} title={words}>
      <Icon name={glyphs[assurance]} />
      <span class={isSaid ? undefined : 'hidden'}>{words}</span>
    </span>
  );
}
