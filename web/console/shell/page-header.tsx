import { h } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { texts } from '../strings/index.ts';
import { isMenuOpen } from './open.ts';

/** The line above a page: what it is about, and what one does there. */
export function PageHeader({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  const { product } = texts.value;
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  return (
    <header class="page-header">
      <MenuButton />
      <h1>{title}</h1>
      <span class="space" />
      {children}
    </header>
  );
}

/** Opens the sidebar, where there is no room for it. */
export function MenuButton(): JSX.Element {
  const { nav } = texts.value;
  return (
    <button type="button" class="tool narrow-only" aria-label={nav.openMenu} aria-expanded={isMenuOpen.value} onClick={() => (isMenuOpen.value = true)}>
      <Icon name="menu" />
    </button>
  );
}
