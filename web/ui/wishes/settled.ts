/** What the settings of the app have asked before the first message: fetched when somebody opens the chat who has written nothing, where the host page asks nothing itself. */
import type { FormField } from '../../sdk/content.ts';
import type { Messenger } from '../model.ts';
import type { PrechatCapture } from './wishes.ts';

export async function askAsSettled(model: Messenger): Promise<void> {
  const answer = await fetch(`${model.options.client.base}/prechat`);
  const { asked: names = [], fields = [] } = (await answer.json()) as { asked?: PrechatCapture['asked']; fields?: FormField[] };
  if (!names.length && !fields.length) return;
  const { Prechat } = await import('./prechat.tsx');
  const asked = new Prechat(model, { enabled: true, asked: names, questions: fields });
  const { view } = model.extras;
  model.extras.view = (usual) => {
    const around = view?.(usual) ?? usual;
    return asked.around(Array.isArray(around) ? around : [around]);
  };
  model.set({});
}
