/**
 * The core on the host page: the public interface, a mirror of the state, events, delegates, and the window around the frame.
 * It holds no session, and a token no longer than it takes to hand it to the frame.
 */
import type { Delegate, EventData, MessageShape, MethodName } from '../api.ts';
import type { Delegates, FrameMessage, HostMessage, PublicEvent } from '../bridge.ts';
import type { Core, Shell } from '../shell.ts';
import type { Embedding } from './embedding.ts';
import { FramePort, errorOf } from './frame.ts';
import { HostMirror } from './mirror.ts';
import { Panel } from './panel.ts';
import { settingsOf } from './settings.ts';

type Ask = Extract<FrameMessage, { parlor: 'ask' }>;

const delegates = () => import('./delegates.ts');

/** Begins the core. The frame loads at once, hidden; an embedded one when it is rendered or needed. */
export function start(shell: Shell): Core {
  return new Host(shell);
}

class Host implements Core {
  readonly #shell: Shell;
  readonly ready: Promise<void>;
  readonly #mirror = new HostMirror();
  readonly #port: FramePort;
  readonly #panel: Panel | undefined;
  /** Around an embedded frame that has been rendered. */
  #embedding: Embedding | undefined;
  #isGone = false;
  /** The answer that came last. */
  #newest: MessageShape | undefined;
  #signIn: { externalId?: string; token: string } | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
    const { options, config, launcher } = shell;
    const { server, jwt, externalId } = options;
    this.#signIn = jwt ? { externalId, token: jwt } : undefined;
    options.jwt = undefined;
    this.#port = new FramePort(new URL(config.frame ?? `/frame/${config.app.id}`, server).href, server, {
      greeting: () => this.#greeting(),
      heard: (message) => this.#heard(message),
    });
    if (launcher) this.#panel = new Panel(launcher, this.#port.element, () => this.#tellOpened());
    else if (jwt) this.#beginUnseen();
    this.ready = launcher || jwt ? this.#begun() : Promise.resolve();
  }

  toggle(): void {
    this.#setOpen(!this.#panel?.opened);
  }

  call(method: MethodName, args: unknown[]): unknown {
    const answer = this.#atOnce[method];
    if (answer) return answer(args);
    this.#beginUnseen();
    return this.#port.call(method, args);
  }

  delegateChanged(): void {
    this.#port.post({ parlor: 'delegates', delegates: present(this.#shell.delegate()) });
  }

  destroy(): void {
    this.#isGone = true;
    if (this.#mirror.state.unread > 0) this.#badge();
    this.#panel?.remove();
    this.#embedding?.remove();
    this.#port.close();
  }

  /** What needs no frame to answer. */
  readonly #atOnce: Partial<Record<MethodName, (args: unknown[]) => unknown>> = {
    open: () => this.#setOpen(true),
    close: () => this.#setOpen(false),
    isOpened: () => this.#panel?.opened ?? false,
    getUser: () => this.#mirror.state.user,
    getConversations: () => this.#mirror.list(),
    getDisplayedConversation: () => this.#mirror.displayed,
    hasMoreConversations: () => this.#mirror.state.hasMore,
    render: ([element]) => this.#render(element),
  };

  async #begun(): Promise<void> {
    const refusal = await this.#port.started;
    if (refusal) throw errorOf(refusal);
  }

  async #render(element: unknown): Promise<void> {
    const { Embedding } = await import('./embedding.ts');
    if (this.#isGone) return;
    this.#embedding ??= new Embedding(this.#port.element, this.#shell.options);
    this.#embedding.render(element);
    await this.#port.started;
  }

  /** Lets an embedded frame load before it is shown anywhere. */
  #beginUnseen(): void {
    const { element } = this.#port;
    if (this.#panel || element.isConnected) return;
    element.style.display = 'none';
    document.body.append(element);
  }

  #setOpen(open: boolean): void {
    if (!this.#panel || this.#panel.opened === open) return;
    this.#panel.setOpen(open);
    this.#tellOpened();
    this.#shell.emit(open ? 'widget:opened' : 'widget:closed');
  }

  #tellOpened(): void {
    if (!this.#panel) return;
    const { opened, expanded, expandable } = this.#panel;
    this.#port.post({ parlor: 'opened', opened, expanded, expandable });
  }

  #greeting(): HostMessage {
    const signIn = this.#signIn;
    this.#signIn = undefined;
    queueMicrotask(() => this.#panel?.opened && this.#tellOpened());
    // A document that is loaded anew goes on with the person whom this page load signed in.
    const resume = this.#mirror.who ? 'any' : this.#shell.options.resume;
    return { parlor: 'hello', settings: { ...settingsOf(this.#shell, present(this.#shell.delegate())), resume }, signIn };
  }

  #heard(message: Exclude<FrameMessage, { parlor: 'result' | 'started' }>): void {
    switch (message.parlor) {
      case 'named':
        return void import('./names.ts').then(({ name }) => name(message.names, this.#port.element, this.#shell.launcher), () => undefined);
      case 'mirror':
        return this.#mirrored(message);
      case 'event':
        return this.#event(message.event);
      case 'ask':
        return void this.#answer(message);
      case 'wish':
        if (message.wish === 'close') return this.#setOpen(false);
        this.#panel?.setExpanded(!this.#panel.expanded);
        return this.#tellOpened();
    }
  }

  #mirrored({ mirror: next, changed }: Extract<FrameMessage, { parlor: 'mirror' }>): void {
    const { state, who } = this.#mirror;
    this.#mirror.update(next, changed);
    this.#panel?.setUnread(next.unread);
    if (state.signedIn !== next.signedIn) this.#shell.remember(next.signedIn);
    if (state.unread !== next.unread) {
      this.#shell.emit('unread', next.unread);
      this.#badge();
    }
    if (who !== this.#mirror.who) this.#personChanged(next.known);
  }

  /** Says in the title of the page how many answers are unread, if it wants that. */
  #badge(): void {
    if (this.#shell.options.titleBadgeEnabled === false) return;
    import('../../ui/title.ts').then(({ badge }) => badge(this, this.#isGone ? 0 : this.#mirror.state.unread)).catch(() => undefined);
  }

  #personChanged(isKnown: boolean): void {
    const { options, launcher, emit } = this.#shell;
    if (options.hideUntilLogin) {
      if (!isKnown) this.#setOpen(false);
      launcher?.show(isKnown);
    }
    emit(isKnown ? 'login' : 'logout');
  }

  #event({ name, args, conversation, data }: PublicEvent): void {
    if (name === 'message:received') {
      this.#newest = args[0] as MessageShape;
      // Several may wait for the peek, and not in their order: each shows the newest. Where it cannot be fetched, the badge has to do.
      import('./peek.ts').then(({ peek }) => peek(this.#shell, this.#newest as MessageShape, () => this.#setOpen(true))).catch(() => undefined);
    }
    this.#shell.emit(name, ...args, { ...data, ...this.#dataOf(conversation) });
  }

  #dataOf(conversation: unknown): EventData {
    if (typeof conversation !== 'string') return {};
    return { conversation: this.#mirror.get(conversation) ?? { id: conversation } };
  }

  async #consult({ what, args }: Ask): Promise<unknown> {
    const delegate = this.#shell.delegate();
    if (what === 'onInvalidAuth') return delegate.onInvalidAuth?.();
    return (await delegates()).consult(delegate, what, args[0], this.#dataOf(args[1]));
  }

  async #answer(ask: Ask): Promise<void> {
    const { ref } = ask;
    try {
      this.#port.post({ parlor: 'answer', ref, value: await this.#consult(ask) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#port.post({ parlor: 'answer', ref, error: { message, code: 'delegate_failed', status: 0, retryable: false } });
    }
  }
}

/** Which of the delegates that the frame has to wait for exist. What runs them is fetched before it is needed, as there may be no line then. */
function present({ beforeDisplay, beforeSend, beforePostbackSend }: Delegate): Delegates {
  if (beforeSend) delegates().catch(() => undefined);
  return { beforeDisplay: !!beforeDisplay, beforeSend: !!beforeSend, beforePostbackSend: !!beforePostbackSend };
}
