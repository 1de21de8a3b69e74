import type { Delegate, MethodName } from '../api.ts';
import type { WidgetOptions } from '../options.ts';
import type { AppConfig, Core, CoreModule, Launcher, Look } from '../shell.ts';
import { fail, getConfig } from './config.ts';
import { Events } from './events.ts';
import { drawLauncher } from './launcher.ts';
import { mark } from './memory.ts';
import { parsed } from './parsed.ts';

/** The address of the core below Parlor's origin, with its hash: put in by the build. */
declare const CORE: string;

interface Life {
  readonly options: WidgetOptions;
  config?: AppConfig;
  launcher?: Launcher & { remove(): void };
  core?: Core;
  loading?: Promise<Core>;
}

/**
 * One chat on a page, without a dialect: what a page carries before anybody wants to chat. Draws the launcher, and fetches
 * the core on intent, for a remembered session, or for the first call that needs it. Calls made earlier than they can be
 * answered, also before {@link begin}, wait in order; none is lost and none is reordered.
 */
export class Widget extends Events {
  #delegate: Delegate = {};
  #life: Life | undefined;
  #started: Promise<void> | undefined;
  #begin!: () => void;
  #begun = this.#awaited();

  /** Begins, and is done when the chat is ready; fails as that fails. Begun already with the same app, it goes on. */
  begin(options: WidgetOptions): Promise<void> {
    if (this.#started && this.#life?.options.app === options.app) return this.#started;
    if (this.#life) this.destroy();
    const mine: Life = (this.#life = { options });
    this.#delegate = options.delegate ?? this.#delegate;
    this.#started = this.#start(mine).catch((error: unknown) => {
      if (mine === this.#life) (options.onError ?? (() => this.#end()))(error);
      throw error;
    });
    this.#started.catch(() => undefined);
    this.#begin();
    return this.#started;
  }

  destroy(): void {
    if (!this.#life) return;
    this.#end();
    this.#delegate = {};
    this.emit('destroy');
    this.off();
  }

  setDelegate(delegate: Delegate | undefined): void {
    this.#delegate = delegate ?? {};
    this.#life?.core?.delegateChanged();
  }

  /** Calls that need the core: they wait for {@link begin}, and then for what it takes to answer. */
  call(method: MethodName, ...args: unknown[]): unknown {
    const core = this.#life?.core;
    if (core && this.lasts('ready')) return core.call(method, args);
    const answer = this.#begun
      .then(() => this.#started)
      .then(() => this.#load(this.#life as Life))
      .then((loaded) => loaded.ready.catch(() => undefined).then(() => loaded.call(method, args)));
    answer.catch(() => undefined);
    return answer;
  }

  /** Questions about what the core knows: without it, there is nothing to know, and the answer is undefined. */
  ask(method: MethodName): unknown {
    return this.#life?.core?.call(method, []);
  }

  /** Shows or hides the launcher with all around it, where there is one. */
  show(visible: boolean): void {
    this.#life?.launcher?.show(visible);
  }

  async #start(mine: Life): Promise<void> {
    const { options } = mine;
    const config = (mine.config = await getConfig(options));
    for (const name in config.looks) options[name as keyof Look] ??= config.looks[name as keyof Look] as never;
    await parsed();
    await options.prepared;
    if (mine !== this.#life) throw destroyed();
    if (!options.embedded) this.#draw(mine, config);
    if (options.jwt || mark(options, options.app ?? config.app.id)) {
      const { ready } = await this.#load(mine);
      await (options.onError ? ready.catch(options.onError) : ready);
    }
    this.emit('ready');
  }

  #draw(mine: Life, config: AppConfig): void {
    const launcher = (mine.launcher = drawLauncher(mine.options, config));
    const { button } = launcher;
    const intent = () => void this.#load(mine).catch(() => undefined);
    for (const name of ['pointerenter', 'focus']) button.addEventListener(name, intent);
    button.addEventListener('click', () => void this.#load(mine).then((core) => core.toggle(), (error: unknown) => console.error(error)));
    mine.options.drawn?.(launcher);
  }

  #load(mine: Life): Promise<Core> {
    const { options } = mine;
    mine.loading ??= (import(/* @vite-ignore */ options.server + CORE) as Promise<CoreModule>).then(
      ({ start }) => {
        const { config, launcher } = mine;
        if (mine !== this.#life || !config) throw destroyed();
        return (mine.core = start({
          config,
          options,
          launcher,
          emit: (...event) => this.emit(...event),
          delegate: () => this.#delegate,
          remember: (session) => void mark(options, options.app ?? config.app.id, session),
        }));
      },
      () => {
        mine.loading = undefined;
        throw fail(`The chat could not be loaded from ${options.server}.`, 'unavailable', 0, true);
      },
    );
    return mine.loading;
  }

  #awaited(): Promise<void> {
    return new Promise((resolve) => (this.#begin = resolve));
  }

  #end(): void {
    this.#life?.core?.destroy();
    this.#life?.launcher?.remove();
    this.#life = this.#started = undefined;
    this.forget();
    this.#begun = this.#awaited();
  }
}

function destroyed(): Error {
  return fail('The widget was destroyed.', 'destroyed');
}
