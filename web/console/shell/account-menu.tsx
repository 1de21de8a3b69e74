import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { asProblem } from '../api/problem.ts';
import type { Session } from '../api/people.ts';
import { useConsole } from '../console.ts';
import { areNoticesOn, switchNotices } from '../inbox/notices.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../parts/menu.tsx';
import { sayTrouble } from '../parts/toasts.tsx';
import { wordsOf } from '../parts/trouble.tsx';
import { choose, language, languages, texts } from '../strings/index.ts';
import type { Language } from '../strings/index.ts';
import { chooseTheme, theme, themes } from '../theme.ts';
import { NewPassword } from './new-password.tsx';
import { areShortcutsShown } from './open.ts';
import { Profile } from './profile.tsx';

/** Who one is, and how one likes the console. */
export function AccountMenu({ session }: { session: Session }): JSX.Element {
  const desk = useConsole();
  const { account } = texts.value;
  const { name, email, admin } = session.agent;
  const [asked, setAsked] = useState<'name' | 'password' | undefined>();
  const leave = () => desk.signOut().catch((reason: unknown) => sayTrouble(wordsOf(asProblem(reason), texts.value)));
  const button = (
    <>
      <Face name={name} />
      <span class="cut">{name}</span>
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
        <MenuItem act={() => setAsked('name')}><Icon name="pen" />{account.profile}</MenuItem>
        <MenuItem act={() => setAsked('password')}><Icon name="lock" />{account.password}</MenuItem>
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
      {asked === 'name' && <Profile name={name} close={() => setAsked(undefined)} />}
      {asked === 'password' && <NewPassword email={email} close={() => setAsked(undefined)} />}
    </>
  );
}
