/** Whether somebody is there to answer: fetched when the chat is opened. Nobody is kept from writing. */
import type { Messenger } from '../model.ts';
import { wear } from '../parts/later.ts';
import { fill } from '../strings/index.ts';
import css from '../theme/hours.css?inline';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { hoursStrings } from './strings.ts';
import { waitFor, whenBack } from './turns.ts';

interface Availability {
  open?: boolean;
  turnsAt?: string;
}

wear(css);

/**
 * Says above the composer that nobody is there and when somebody is again, and in the header when answers may be expected, as long as
 * that is so. It is asked by a plain request, since who has not written yet has no line; and again when it turns, when the chat is
 * opened anew and when the line is back.
 */
export function keepHours(model: Messenger): void {
  const { client, locale, strings } = model.options;
  const { awayNote, awayUntilNote, awaySubtitle } = hoursStrings(model);
  const { view } = model.extras;
  let note: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasHere = true;

  const show = ({ open, turnsAt }: Availability) => {
    // An answer that is none says nothing.
    const isAway = open === false;
    const value = isAway && turnsAt !== undefined ? whenBack(Date.parse(turnsAt), Date.now(), locale) : undefined;
    note = isAway ? (value ? fill(awayUntilNote, { value }) : awayNote) : undefined;
    model.options.strings = { ...strings, headerSubtitle: value ? fill(awaySubtitle, { value }) : strings.headerSubtitle };
    model.set({});
  };
  const ask = async () => {
    clearTimeout(timer);
    let turnsAt: string | undefined;
    try {
      const now = (await (await fetch(`${client.base}/availability`)).json()) as Availability;
      ({ turnsAt } = now);
      show(now);
    } catch {
      // What was said last stays until it can be asked again.
    }
    clearTimeout(timer);
    timer = setTimeout(() => void (isHere() && ask()), waitFor(turnsAt, Date.now(), Math.random()));
  };
  const isHere = () => model.look.opened && client.connectionState !== 'reconnecting';
  const listen = () => {
    if (isHere() && !wasHere) void ask();
    wasHere = isHere();
  };
  model.extras.view = ([log, ...rest]) => {
    const usual: Child[] = [[log, note && <p class="away" role="status" key="away" dir="auto">{note}</p>], ...rest];
    return view?.(usual) ?? usual;
  };
  model.on('change', listen);
  void ask();
}
