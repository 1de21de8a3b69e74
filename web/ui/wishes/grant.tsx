/** What only some host pages want of the messenger: fetched before the first drawing where one does. */
import type { Messenger } from '../model.ts';
import { wear } from '../parts/later.ts';
import css from '../theme/wishes.css?inline';
import { h } from '../view/h.ts';
import type { Wishes } from './wishes.ts';

export async function grant(model: Messenger, { fixedHeader, seeThrough, businessIcon, prechat }: Wishes): Promise<void> {
  wear(css);
  document.documentElement.classList.toggle('see-through', !!seeThrough);
  if (businessIcon) model.options.businessIconUrl = URL.createObjectURL(businessIcon);
  const asked = prechat && new (await import('./prechat.tsx')).Prechat(model, prechat);
  if (asked) model.extras.asks = true;
  model.extras.view = (usual) => [
    fixedHeader && <p class="introduction" dir="auto">{model.options.strings.introAppText}</p>,
    asked ? asked.around(usual) : usual,
  ];
}
