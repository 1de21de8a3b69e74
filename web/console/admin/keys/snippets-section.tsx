import { h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { addressOf } from '../../router.ts';
import type { AppSettings, Door, Key } from '../api.ts';
import { Code } from '../parts/code.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { adminTexts } from '../words.ts';
import { languages, snippet } from './snippets.ts';
import type { Language } from './snippets.ts';

/** What goes into a page, and into the server that signs, with everything filled in but the secret. */
export function Snippets({ app, settings: { app: { integrationId }, settings }, liveKeys }: { app: AppRole; settings: AppSettings; liveKeys: Key[] }): JSX.Element {
  const { keys: words } = adminTexts.value;
  const [door, setDoor] = useState<Door>('sdk');
  const [language, setLanguage] = useState<Language>('page');
  const portal = settings['portal'] ?? '';
  const key = liveKeys.findLast(({ uses, status }) => uses.includes(door) && status === 'live');
  const filled = { server: location.origin, app: app.id, integration: integrationId, key: key?.id ?? 'ID OF A KEY', portal };
  return (
    <section class="subject snippets" aria-labelledby="snippets">
      <header>
        <div>
          <h2 id="snippets">{words.snippetsTitle}</h2>
          <p class="quiet">{words.snippetsLead}</p>
        </div>
      </header>
      <Tabs label={words.doorLabel} tabs={{ sdk: words.doors.sdk.name, code: words.doors.code.name, jsm: words.doors.jsm.name }} chosen={door} choose={(name) => setDoor(name)} panel="snippet" />
      <Tabs label={words.languageLabel} tabs={languages} chosen={language} choose={(name) => setLanguage(name)} panel="snippet" />
      <div id="snippet" role="tabpanel" aria-label={words.doors[door].name}>
        <p class="quiet">{language === 'page' ? words.pageMeans[door] : words.serverMeans[door]}</p>
        {door === 'jsm' && !portal && <p class="caution">{words.portalMissing}</p>}
        {language !== 'page' && !key && <p class="caution">{words.keyMissing}</p>}
        <Code label={`${words.doors[door].name} · ${languages[language]}`} text={snippet(door, language, filled)} />
      </div>
      <p class="links">
        <a class="button" href={`/chat/${app.id}`} target="_blank" rel="noreferrer">{words.tryPage}</a>
        <a class="button" href={addressOf({ page: 'doctor', app: app.id })}>{words.tryToken}</a>
      </p>
    </section>
  );
}
