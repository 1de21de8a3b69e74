import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { Trouble } from '../../parts/trouble.tsx';
import type { AppSettings, SettingTexts } from '../api.ts';
import { useLoaded } from '../parts/loaded.tsx';
import { TypedConfirmation } from '../parts/typed-confirmation.tsx';
import { adminTexts } from '../words.ts';
import { Flag, Span } from './fields.tsx';
import { isShorter, shown } from './forms.ts';
import { Section } from './section.tsx';

/** What is kept, and messages for how long. Who makes that shorter sees first what goes. */
export function Keeping({ app, settings, saved }: { app: AppRole; settings: SettingTexts; saved(answer: AppSettings): void }): JSX.Element {
  const { settings: words } = adminTexts.value;
  const [asked, ask] = useState<{ retention: string; save(): Promise<void> } | undefined>();
  const hold = ({ retention = '' }: SettingTexts, save: () => Promise<void>) => {
    const isHeld = isShorter(retention, settings['retention'] ?? '');
    if (isHeld) ask({ retention, save });
    return isHeld;
  };
  return (
    <>
      <Section app={app} settings={settings} saved={saved} hold={hold} id="keeping" {...words.keeping} names={{ retention: 'duration', pages: 'plain' }}>
        {({ retention, pages }) => (
          <>
            <Span {...retention} {...words.fields.retention} usual="d" />
            <Flag {...pages} {...words.fields.pages} />
          </>
        )}
      </Section>
      {asked && (
        <TypedConfirmation title={words.shorter} word={app.name} submit={words.shorterSubmit} act={asked.save} close={() => ask(undefined)}>
          <Going app={app} retention={asked.retention} />
        </TypedConfirmation>
      )}
    </>
  );
}

function Going({ app, retention }: { app: AppRole; retention: string }): JSX.Element {
  const { settings: words } = adminTexts.value;
  const { value, problem } = useLoaded<{ conversations: number; messages: number; more?: boolean }>(`apps/${app.id}/stale?${new URLSearchParams({ retention })}`);
  return (
    <>
      <p role="status">{value && words.going(shown('duration', retention), value.conversations, value.messages, !!value.more)}</p>
      <p>{words.goingFor}</p>
      <Trouble problem={problem} />
    </>
  );
}
