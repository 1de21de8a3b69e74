/** The list of all stories, and the one that is chosen, in a frame that can be made as somebody else would see it. */
import { addressOf } from './address.ts';
import { stories } from './stories/index.ts';
import { launcherStories } from './stories/launcher.ts';

const names = [...Object.keys(launcherStories), ...Object.keys(stories)];
const form = document.querySelector('form') as HTMLFormElement;
const frame = document.querySelector('iframe') as HTMLIFrameElement;

function list(): void {
  for (const group of new Set(names.map(groupOf))) {
    const title = document.createElement('h2');
    title.textContent = group;
    document.getElementById('stories')?.append(title, ...names.filter((name) => groupOf(name) === group).map(linkTo));
  }
}

function groupOf(name: string): string {
  return name.split('/')[0] ?? '';
}

function linkTo(name: string): HTMLElement {
  const link = document.createElement('a');
  link.href = `#${name}`;
  link.textContent = name.split('/')[1] ?? '';
  return link;
}

function show(): void {
  const story = location.hash.slice(1) || (names[0] ?? '');
  const { width, ...wishes } = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const address = addressOf({ story, ...wishes });
  frame.style.inlineSize = `${width}px`;
  frame.src = address;
  document.getElementById('alone')?.setAttribute('href', address);
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.getAttribute('href') === `#${story}`);
}

list();
form.addEventListener('change', show);
addEventListener('hashchange', show);
show();
