/** What only some host pages want of the messenger: fetched before the first drawing where one does. */
import type { Messenger } from '../model.ts';
import { wear } from '../parts/later.ts';
import css from '../theme/wishes.css?inline';
import { h } from '../view/h.ts';

export interface Wishes {
  /** The introduction stays above the messages, below the header with name and picture, which always stays. */
  fixedHeader?: boolean;
  /** The host page has a picture behind the messenger. */
  seeThrough?: boolean;
  /** In place of the business's icon at an address: the host page has read what the frame does not load. */
  businessIcon?: Blob;
}

export function grant(model: Messenger, { fixedHeader, seeThrough, businessIcon }: Wishes): void {
  wear(css);
  document.documentElement.classList.toggle('see-through', !!seeThrough);
  if (businessIcon) model.options.businessIconUrl = URL.createObjectURL(businessIcon);
  if (fixedHeader) model.extras.view = (usual) => [<p class="introduction" dir="auto">{model.options.strings.introAppText}</p>, usual];
}
