import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import icon from '../icon.svg';
import { language, languages, choose, texts } from '../strings/index.ts';
import type { Language } from '../strings/index.ts';
import { Choice } from '../parts/field.tsx';

/** The pages before the console itself: one thing to do, in the middle. */
export function Gate({ title, lead, children }: { title: string; lead?: ComponentChildren; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="gate">
      <main>
        <img class="mark" src={icon} alt="" width={36} height={36} />
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
        {children}
      </main>
      <footer>
        <Choice hidden label={texts.value.account.language} value={language.value} onValue={(chosen) => void choose(chosen as Language)}>
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code}>{name}</option>
          ))}
        </Choice>
      </footer>
    </div>
  );
}
