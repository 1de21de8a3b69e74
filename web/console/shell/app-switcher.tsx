import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole, Session } from '../api/people.ts';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuLine, MenuLink } from '../parts/menu.tsx';
import { addressOf } from '../router.ts';
import { texts } from '../strings/index.ts';

/** Which app one is in. Who is in one alone has nothing to switch to. */
export function AppSwitcher({ session: { apps, agent }, app }: { session: Session; app: AppRole | undefined }): JSX.Element {
  const { apps: words, product } = texts.value;
  const here = (
    <>
      <Face name={app?.name ?? product} />
      <strong class="cut">{app?.name ?? product}</strong>
    </>
  );
  if (apps.length < 2 && app && !agent.admin) return <p class="switcher">{here}</p>;
  return (
    <Menu kind="switcher" label={words.switchApp(app?.name ?? product)} button={<>{here}<Icon name="updown" /></>}>
      {apps.map(({ id, name }) => (
        <MenuLink key={id} href={addressOf({ page: 'inbox', app: id, view: 'waiting' })} checked={id === app?.id}>
          <Face name={name} size="tiny" />
          <span class="cut">{name}</span>
        </MenuLink>
      ))}
      {agent.admin && <MenuLine />}
      {agent.admin && (
        <MenuLink href={addressOf({ page: 'new-app' })}>
          <Icon name="plus" />
          {words.newApp}
        </MenuLink>
      )}
    </Menu>
  );
}
