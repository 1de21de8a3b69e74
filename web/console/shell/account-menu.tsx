import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { areNoticesOn, switchNotices } from '../inbox/notices.ts';
import { Face } from '../parts/face.tsx';
import { fetched } from '../parts/fetched.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../parts/menu.tsx';
import { say } from '../parts/toasts.tsx';
import { sayProblem } from '../parts/trouble.tsx';
import { choose, language, languages, texts } from '../strings/index.ts';
import type { Language } from '../strings/index.ts';
import { chooseTheme, theme, themes } from '../theme.ts';
import { NewPassword } from './new-password.tsx';
import { areShortcutsShown } from './open.ts';
import { Profile } from './profile.tsx';

const Security = fetched<{ close(): void }>(async () => (await import('../security/security.tsx')).Security);

/** Who one is, and how one likes the console. */
export function AccountMenu({ session }: { session: Session }): JSX.Element {
  const desk = useConsole();
  const { account } = texts.value;
  const { name, email, admin, away = false } = session.agent;
  const [asked, setAsked] = useState<'name' | 'password' | 'security' | undefined>();
  const turnAway = async () => {
    desk.session.value = await desk.api.call<Session>('PATCH', 'agent', { away: !away });
    say(away ? account.isHere : account.isAway);
  };
  const leave = () => desk.signOut().catch(sayProblem);
  const button = (
    <>
      <Face name={name} />
      <span class="cut">{name}</span>
      {away && <span class="badge">{account.away}</span>}
      <Icon name="updown" />
    </>
  );
  return (
    <>
      <Menu kind="switcher" label={account.open(name)} button={button}>
        <p class="menu-title">
          {email}
          {admin && <small>{account.manager}</small>}
        </p>
        <MenuItem act={() => void turnAway().catch(sayProblem)} checked={away} isSwitch><Icon name="snoozed" />{account.away}</MenuItem>
        <MenuLine />
        <MenuItem act={() => setAsked('name')}><Icon name="pen" />{account.profile}</MenuItem>
        <MenuItem act={() => setAsked('password')}><Icon name="lock" />{account.password}</MenuItem>
        <MenuItem act={() => setAsked('security')}><Icon name="shieldCheck" />{account.security}</MenuItem>
        <MenuItem act={() => void switchNotices(!areNoticesOn.value)} checked={areNoticesOn.value} isSwitch><Icon name="bell" />{account.notices}</MenuItem>
        <MenuItem act={() => (areShortcutsShown.value = true)} hint="?"><Icon name="keyboard" />{account.shortcuts}</MenuItem>
        <MenuLine />
        <div role="group" aria-label={account.theme}>
          <p class="menu-title" aria-hidden="true">{account.theme}</p>
          {themes.map((one) => (
            <MenuItem key={one} checked={theme.value === one} act={() => chooseTheme(one)}>{account.themes[one]}</MenuItem>
          ))}
        </div>
        <MenuLine />
        <div role="group" aria-label={account.language}>
          <p class="menu-title" aria-hidden="true">{account.language}</p>
          {Object.entries(languages).map(([code, called]) => (
            <MenuItem key={code} checked={language.value === code} act={() => void choose(code as Language)}>{called}</MenuItem>
          ))}
        </div>
        <MenuLine />
        <MenuItem act={() => void leave()}><Icon name="leave" />{account.signOut}</MenuItem>
      </Menu>
      {asked === 'security' && <Security close={() => setAsked(undefined)} />}
      {asked === 'name' && <Profile session={session} close={() => setAsked(undefined)} />}
      {asked === 'password' && <NewPassword email={email} close={() => setAsked(undefined)} />}
    </>
  );
}
