/** What has come to an end: fetched when something has. */
import type { Messenger } from '../model.ts';
import { counted } from '../strings/index.ts';
import { h } from '../view/h.ts';
import { endStrings } from './end-strings.ts';
import { Tool } from './header.tsx';

/** Messages of a former person that were not sent. */
export function dropped(model: Messenger): JSX.Element {
  const strings = endStrings(model);
  return (
    <p class="notice">
      {counted(strings, 'messagesDropped', model.look.dropped)}
      <Tool icon="cross" name={strings.dismiss} onClick={() => model.set({ dropped: 0 })} />
    </p>
  );
}

/** The server will not have this client: the reason in words, and the one thing that may help. */
export function stopped(model: Messenger, why: string): JSX.Element {
  const strings = endStrings(model);
  return (
    <div class="scroller">
      <div class="welcome" role="alert">
        <h2>{strings.stoppedTitle}</h2>
        <p>{why}</p>
        <div class="starters">
          <button onclick={() => location.reload()}>{strings.clickToRetry}</button>
        </div>
      </div>
    </div>
  );
}
