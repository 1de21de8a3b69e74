import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useConsole } from '../../console.ts';
import { Icon } from '../../parts/icon.tsx';
import { say } from '../../parts/toasts.tsx';
import { sayProblem } from '../../parts/trouble.tsx';
import { PageHeader } from '../../shell/page-header.tsx';
import { texts } from '../../strings/index.ts';
import type { AdminProps } from '../admin.tsx';
import type { AppSettings, Door, Key } from '../api.ts';
import { doors } from '../api.ts';
import { Waiting, useLoaded } from '../parts/loaded.tsx';
import { adminTexts } from '../words.ts';
import { DoorSection } from './door-section.tsx';
import { isLive, openDoors, withDoor } from './doors.ts';
import { KeyList } from './key-list.tsx';
import { NewKeyDialog } from './new-key.tsx';
import { Snippets } from './snippets-section.tsx';

/** How users come in: each door with its switch, its keys, and the lines that lead to it. */
export function Keys({ app }: AdminProps): JSX.Element {
  const { api } = useConsole();
  const { keys: words } = adminTexts.value;
  const path = `apps/${app.id}`;
  const keys = useLoaded<{ keys: Key[] }>(`${path}/keys`);
  const settings = useLoaded<AppSettings>(`${path}/settings`);
  const [asked, setAsked] = useState<Key['uses'] | undefined>();
  const [switching, setSwitching] = useState<Door | undefined>();
  const all = keys.value?.keys ?? [];
  const setKeys = (changed: Key[]) => keys.set({ keys: changed });

  const turn = async (door: Door, isOpen: boolean) => {
    setSwitching(door);
    try {
      const answer = await api.call<AppSettings>('PATCH', `${path}/settings`, { settings: { doors: withDoor(settings.value?.settings['doors'], door, isOpen) } });
      settings.set(answer);
      say(isOpen ? words.opened(words.doors[door].name) : words.closed(words.doors[door].name));
    } catch (reason) {
      // What is drawn is what the server has: the switch goes back.
      if (settings.value) settings.set({ ...settings.value });
      sayProblem(reason);
    } finally {
      setSwitching(undefined);
    }
  };
  const unready = [keys, settings].find(({ value }) => !value);
  return (
    <>
      <PageHeader title={texts.value.nav.admin.keys}>
        <button type="button" class="button main" onClick={() => setAsked(['sdk'])}>
          <Icon name="plus" />
          {words.newKey}
        </button>
      </PageHeader>
      <div class="page">
        <p class="quiet lead">{words.lead}</p>
        {unready && <Waiting of={unready} title={words.failed} />}
        {keys.value && settings.value && (
          <>
            {doors.map((door) => (
              <DoorSection
                key={door}
                app={app}
                door={door}
                keys={all}
                setKeys={setKeys}
                text={settings.value?.settings['doors']}
                isOn={openDoors(settings.value?.settings['doors']).includes(door)}
                isBusy={switching === door}
                turn={(isOpen) => void turn(door, isOpen)}
                newKey={() => setAsked([door])}
              />
            ))}
            <section class="subject">
              <header>
                <div>
                  <h2>{words.api.name}</h2>
                  <p class="quiet">{words.api.lead}</p>
                </div>
              </header>
              <KeyList app={app} keys={all} of="api" setKeys={setKeys} none={words.api.none} newKey={() => setAsked(['api'])} />
            </section>
            <Snippets app={app} settings={settings.value} liveKeys={all.filter(isLive)} />
          </>
        )}
      </div>
      {asked && <NewKeyDialog app={app} uses={asked} close={() => setAsked(undefined)} made={(key) => setKeys([...all, key])} />}
    </>
  );
}
