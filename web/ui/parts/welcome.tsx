import type { Messenger } from '../model.ts';
import { fill } from '../strings/index.ts';
import { Avatar } from './avatar.tsx';
import { h } from '../view/h.ts';

/** What an empty conversation says: who is here, what happens next, and three ways to begin. */
export function Welcome({ model }: { model: Messenger }): JSX.Element {
  const { strings, client, businessName, businessIconUrl } = model.options;
  const name = client.user?.profile?.givenName;
  return (
    <div class="welcome">
      <Avatar name={businessName} url={businessIconUrl} large />
      <h2>{name ? fill(strings.greetingByName, { user: name }) : strings.greeting}</h2>
      <p>{strings.introAppText}</p>
      {client.mayWrite && (
        <div class="starters" role="group" aria-label={strings.starters}>
          {[strings.starterQuestion, strings.starterProblem, strings.starterPerson].map((text) => (
            <button key={text} onclick={() => model.fillIn(text)}>
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
