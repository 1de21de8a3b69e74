import { stopMotion } from './still.ts';

/** Done when the page has at least so many of what the selector names. */
export function seen(selector: string, count = 1, root: ParentNode = document): Promise<void> {
  return until(() => root.querySelectorAll(selector).length >= count);
}

/** Done when it is so; it is asked at every frame. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await nextFrame();
}

/** Says in `data-ready` that the story is there: all that is in sight is drawn, its pictures included. */
export async function makeReady(isStill: boolean): Promise<void> {
  if (isStill) stopMotion();
  await document.fonts.ready;
  await until(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight));
  await drawn();
  document.documentElement.dataset['ready'] = '';
}

/** Done when what has been asked for is laid out, and whoever observes that has been told. */
export async function drawn(): Promise<void> {
  for (let frames = 0; frames < 2; frames++) await nextFrame();
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
