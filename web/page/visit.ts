import { Emitter, ParlorError } from '../sdk/index.ts';
import type { User } from '../sdk/index.ts';
import { paint } from '../ui/browser.ts';
import { openChat } from './chat.ts';
import type { Chat } from './chat.ts';
import { Refusal, appOf } from './endpoints.ts';
import type { Admitted, App } from './endpoints.ts';
import { MailSignIn } from './mail.ts';
import { mayPass, supportCode, troubleOf } from './troubles.ts';
import type { Trouble } from './troubles.ts';
import type { Language, PageStrings } from './strings/index.ts';
import { viewOf } from './view.ts';
import type { View } from './view.ts';

interface State {
  busy: boolean;
  app?: App;
  /** Why the link, or the page, did not work. `again` is there where the same may work another time. */
  trouble?: { name: Trouble; support: string; again?(): void };
  /** The code names another person: who is signed in, whom it names, and how to go on as that one. */
  asked?: { current: string; next: string; confirm(): void };
  signingIn: boolean;
  ended: boolean;
  leaving: boolean;
  /** The person signed out on this page. */
  left: boolean;
}

/** How long the page waits for the conversations before it shows itself without. */
const conversationsWithinMs = 2_000;

/** One visit of the hosted page: who comes in, by what, and what is shown meanwhile. A code lives in closures of this class only. */
export class Visit extends Emitter<{ change: [] }> {
  state: State = { busy: true, signingIn: false, ended: false, leaving: false, left: false };
  chat: Chat | undefined;
  readonly mail: MailSignIn;

  constructor(
    readonly language: Language,
    readonly secure: boolean,
    /** What a link of a mail leads to, as soon as somebody is here who may see it. */
    readonly conversation?: string,
  ) {
    super();
    this.mail = new MailSignIn({
      sendCode: (email) => this.#open.endpoints.sendCode(email),
      admit: (email, code) => this.#open.endpoints.admitByMail({ email, code, client: this.#open.info }),
      admitted: (admitted) => this.#enter(admitted),
      refused: (error) => this.#set({ signingIn: false, ...this.#troubled(error) }),
    });
    this.mail.on('change', () => this.emit('change'));
  }

  get strings(): PageStrings {
    return this.language.strings;
  }

  get view(): View {
    const { state, secure } = this;
    const { app } = state;
    return viewOf({
      ...state,
      secure,
      troubled: state.trouble !== undefined,
      asked: state.asked !== undefined,
      presence: this.chat?.client.presence ?? 'nobody',
      admits: app && { anonymous: app.anonymous, mail: this.mayMail },
    });
  }

  /** The signed-in person; undefined for nobody and for somebody anonymous. */
  get person(): string | undefined {
    const client = this.chat?.client;
    return client?.presence === 'user' && client.isKnown ? nameOf(client.user) : undefined;
  }

  get mayMail(): boolean {
    return ['on', 'known'].includes(this.state.app?.emailLogin ?? '');
  }

  /** Finds the app and who is here, and then takes the code of a personal link. */
  async begin(appId: string | undefined, code: string | undefined): Promise<void> {
    if (!this.secure) return this.emit('change');
    this.#set({ busy: true, trouble: undefined });
    try {
      const app = this.state.app ?? (await appOf(appId));
      this.#introduce(app);
      this.chat ??= this.#prepare(app);
      const ended = await this.chat.carrier.sync();
      this.#set({ ended });
      const started = this.chat.client.start(conversationsWithinMs);
      if (code === undefined) {
        await started;
        this.#follow();
      }
    } catch (error) {
      return this.#set({ busy: false, ...this.#troubled(error, () => void this.begin(appId, code)) });
    }
    if (code === undefined) this.#set({ busy: false });
    else await this.take(code);
  }

  /** Exchanges the code of a personal link for a session. `confirm`: also in place of another person. */
  async take(code: string, confirm = false): Promise<void> {
    if (!this.chat) return;
    const { endpoints, info } = this.chat;
    this.#set({ busy: true, trouble: undefined, asked: undefined });
    try {
      await this.#enter(await endpoints.admit({ code, confirm, client: info }));
    } catch (error) {
      const again = () => void this.take(code, confirm);
      this.#set(this.#askedBy(error, () => void this.take(code, true)) ?? this.#troubled(error, again));
    }
    this.#set({ busy: false });
  }

  /** Goes on with whoever is here, and drops the code that was refused or not wanted. */
  stay(): void {
    this.#set({ asked: undefined, trouble: undefined, signingIn: false });
  }

  /** Goes on as nobody known, where the app admits that. */
  async goOn(): Promise<void> {
    if (this.chat?.client.presence === 'expired') await this.chat.client.signOut();
    this.#set({ trouble: undefined, ended: false });
  }

  askToSignIn(signingIn: boolean): void {
    this.mail.restart();
    this.#set({ signingIn });
  }

  async signOut(): Promise<void> {
    if (!this.chat || this.state.leaving) return;
    this.#set({ leaving: true });
    await this.chat.client.signOut();
    this.#set({ leaving: false, left: true, ended: false });
  }

  get #open(): Chat {
    if (!this.chat) throw new Error('nothing is asked before the chat is there');
    return this.chat;
  }

  #introduce(app: App): void {
    paint({ brandColor: app.color });
    if (app.looks?.theme) document.documentElement.style.colorScheme = app.looks.theme;
    this.#set({ app });
  }

  #prepare(app: App): Chat {
    const chat = openChat(app, this.language);
    chat.model.on('change', () => this.emit('change'));
    return chat;
  }

  async #enter(admitted: Admitted): Promise<void> {
    this.#open.carrier.take(admitted);
    await this.#open.client.start(conversationsWithinMs);
    this.#follow();
    this.#set({ trouble: undefined, asked: undefined, signingIn: false, ended: false, left: false });
  }

  /** Shows the conversation of the link. Whose it is not sees their own ones. */
  #follow(): void {
    const { conversation, chat } = this;
    if (!conversation || chat?.client.presence !== 'user') return;
    chat.client.load(conversation).then(
      () => chat.model.show(conversation),
      () => undefined,
    );
  }

  #askedBy(error: unknown, confirm: () => void): Partial<State> | undefined {
    if (!(error instanceof Refusal) || error.code !== 'other_person') return undefined;
    const { current, next } = error.more;
    return { asked: { current: current?.name ?? this.person ?? '', next: next?.name ?? '', confirm } };
  }

  #troubled(error: unknown, again?: () => void): Partial<State> {
    const said = ParlorError.from(error);
    const name = troubleOf(said);
    return { trouble: { name, support: supportCode(said), again: mayPass(name) ? again : undefined } };
  }

  #set(state: Partial<State>): void {
    this.state = { ...this.state, ...state };
    this.emit('change');
  }
}

/** The name, else the e-mail address, else the external id (design section 3, rule 4). */
function nameOf(user: User | undefined): string {
  const { givenName, surname, email } = user?.profile ?? {};
  return [givenName, surname].filter(Boolean).join(' ') || email || user?.externalId || '';
}
