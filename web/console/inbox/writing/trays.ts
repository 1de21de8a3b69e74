import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { seen } from '../../../ui/files/chosen.ts';
import type { Chosen } from '../../../ui/files/chosen.ts';
import { isPicture, refusalOf } from '../../../ui/files/rules.ts';
import type { Rules } from '../../../ui/files/rules.ts';
import { locale, texts } from '../../strings/index.ts';

/** What was chosen for a conversation, and why some of it cannot be sent. */
export interface Tray {
  readonly chosen: readonly Chosen[];
  readonly refusals: readonly string[];
}

const empty: Tray = { chosen: [], refusals: [] };

/** Files that wait for the answer that they go with, by conversation; as long as the page is there. */
export class Trays {
  readonly #trays = new Map<string, Signal<Tray>>();
  readonly #ask: () => Promise<Rules>;
  #rules: Promise<Rules> | undefined;

  /** `ask` tells what the server takes. */
  constructor(ask: () => Promise<Rules>) {
    this.#ask = ask;
  }

  of(conversation: string): Signal<Tray> {
    const tray = this.#trays.get(conversation) ?? signal(empty);
    this.#trays.set(conversation, tray);
    return tray;
  }

  /** Where the server cannot be asked now, it says what it does not take when a file arrives there. */
  async add(conversation: string, files: readonly File[]): Promise<void> {
    const rules = await (this.#rules ??= this.#ask()).catch(() => (this.#rules = undefined));
    const refusals: string[] = [];
    const taken: Chosen[] = [];
    for (const file of files) {
      const refusal = rules && refusalOf(file, rules, { pictures: true, others: true }, texts.value.files, locale.value);
      if (refusal) refusals.push(refusal);
      else taken.push(await seen(file, !!rules && isPicture(file, rules)));
    }
    const tray = this.of(conversation);
    tray.value = { chosen: [...tray.value.chosen, ...taken], refusals };
  }

  remove(conversation: string, chosen: Chosen): void {
    if (chosen.url) URL.revokeObjectURL(chosen.url);
    const tray = this.of(conversation);
    tray.value = { chosen: tray.value.chosen.filter((one) => one !== chosen), refusals: [] };
  }

  /** Empties it: what was in it is on its way. */
  take(conversation: string): readonly Chosen[] {
    const tray = this.of(conversation);
    const { chosen } = tray.value;
    tray.value = empty;
    return chosen;
  }
}
