import { h } from 'preact';
import type { JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import type { AppSettings } from '../api.ts';
import { adminTexts } from '../words.ts';
import { fullness } from './fullness.ts';

/** How many seats are taken, with a word of warning before they are all gone. */
export function Seats({ seats: { used, limit } }: { seats: AppSettings['seats'] }): JSX.Element {
  const { settings } = adminTexts.value;
  if (limit === undefined) return <p class="quiet">{settings.seatsUsed(used)}</p>;
  const state = fullness(used, limit);
  return (
    <div class="seats" data-state={state}>
      <p>{settings.seatsOf(used, limit)}</p>
      <progress value={Math.min(used, limit)} max={Math.max(limit, 1)} aria-label={settings.seatsOf(used, limit)} />
      {state !== 'room' && (
        <p class={state === 'full' ? 'caution bad' : 'caution'}>
          <Icon name="alert" />
          <span>{state === 'full' ? settings.seatsFull : settings.seatsNear}</span>
        </p>
      )}
    </div>
  );
}
