import type { Messenger } from './model.ts';
import { Composer } from './parts/composer.tsx';
import { Header } from './parts/header.tsx';
import { laterList } from './parts/later-list.ts';
import { Log } from './parts/log.tsx';
import { draw } from './view/draw.ts';
import { h } from './view/h.ts';
import type { Child } from './view/h.ts';

/** Draws the messenger into the element, and again whenever the model changes. One set of parts for widget and hosted page. */
export function mount(model: Messenger, element: HTMLElement): void {
  const log = new Log(model);
  const composer = new Composer(model);
  const list = laterList(model);
  const redraw = () => redrawn(<View model={model} log={log} composer={composer} list={list} />, element);
  model.on('change', redraw);
  redraw();
}

/** Draws the picture into the element; the focus is not lost where what had it is gone. */
export function redrawn(picture: JSX.Element, element: HTMLElement): void {
  const focused = document.activeElement;
  draw(picture, element);
  if (focused?.isConnected === false && document.activeElement === document.body) takeFocus(element);
}

/** What had the focus is gone, and nothing took it: whoever uses a keyboard goes on at the messages, or else at the title of the view. */
function takeFocus(element: HTMLElement): void {
  const next = element.querySelector<HTMLElement>('.log') ?? element.querySelector('h1');
  next?.focus({ preventScroll: true });
}

function View({ model, log, composer, list }: { model: Messenger; log: Log; composer: Composer; list: { picture(): Child } }): JSX.Element {
  const { close } = model.options;
  return (
    <main
      class="messenger"
      onkeydown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) close?.();
      }}
    >
      {inside(model, log, composer, list)}
    </main>
  );
}

/** What stands in the messenger, from its header down to the composer. */
export function inside(model: Messenger, log: Log, composer: Composer, list: { picture(): Child }): Child {
  const { stopped } = model.options.client;
  return [
    <Header model={model} />,
    <Notices model={model} />,
    stopped ? (model.ends?.stopped(model, stopped.message) ?? stopped.message) : model.look.inList ? list.picture() : talk(model, log, composer),
  ];
}

/** The conversation, with what the host page wants around it. */
function talk({ extras }: Messenger, log: Log, composer: Composer): Child {
  const usual = [log.picture(), composer.picture()];
  return extras.view?.(usual) ?? usual;
}

/** What the person should know of the line, and of messages that were not sent at a change of person. */
function Notices({ model }: { model: Messenger }): JSX.Element {
  const { strings, client } = model.options;
  return (
    <div role="status">
      {client.connectionState === 'reconnecting' && <p class="notice late">{strings.couldNotConnect}</p>}
      {model.look.dropped > 0 && model.ends?.dropped(model)}
    </div>
  );
}
