import { h } from 'preact';
import type { JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import { adminTexts } from '../words.ts';
import { adviceOn, enough } from './advice.ts';
import type { Advice } from './advice.ts';
import type { Made } from './messages.ts';

/** What becomes of the colour where it cannot be used as it is, in words. Of Parlor's own there is nothing to say. */
export function ColorAdvice({ color, made }: { color: string | undefined; made: Record<'light' | 'dark', Made> | undefined }): JSX.Element {
  const all = color && made ? adviceOn(color, made) : [];
  return (
    <div role="status">
      {all.length > 0 && (
        <ul class="advice" aria-label={adminTexts.value.designer.advice}>
          {all.map((advice) => (
            <Line key={'theme' in advice ? advice.about + advice.theme : advice.about} advice={advice} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ advice }: { advice: Advice }): JSX.Element {
  const { designer: words } = adminTexts.value;
  const isFine = advice.about === 'nothing' || (advice.about === 'words' && advice.white && advice.ratio >= enough);
  return (
    <li class={isFine ? 'fine' : 'changed'}>
      <Icon name={isFine ? 'check' : 'alert'} />
      <span>
        {advice.about === 'nothing' && words.asItIs}
        {advice.about === 'words' && (advice.white ? words.whiteWords(ratioOf(advice), advice.ratio >= enough) : words.blackWords(ratioOf(advice)))}
        {'theme' in advice && (
          <span>
            {words.becomes[advice.about][advice.theme]} <Swatch color={advice.color} />
          </span>
        )}
      </span>
    </li>
  );
}

function Swatch({ color }: { color: string }): JSX.Element {
  return (
    <span class="swatch">
      <i style={{ backgroundColor: color }} aria-hidden="true" />
      <code>{color}</code>
    </span>
  );
}

function ratioOf({ ratio }: { ratio: number }): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1);
}
