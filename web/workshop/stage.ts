import { FakeParlor } from '../dev/fake/parlor.ts';
import { FakeSocket } from '../dev/fake/socket.ts';
import type { FakeNetwork } from '../dev/fake/socket.ts';
import { Client, MemoryValues, Storage, saveSession } from '../sdk/index.ts';
import type { Clock, Content, ConversationFields, Message, Timer } from '../sdk/index.ts';
import { mount } from '../ui/messenger.tsx';
import { Messenger } from '../ui/model.ts';
import type { MessengerOptions } from '../ui/model.ts';
import type { Spoken } from '../ui/strings/index.ts';
import { drawn, until } from './ready.ts';
import { now } from './still.ts';
import { answerUploads } from './uploads.ts';

/** What a story does: it says what was said before, opens the messenger, and goes on until its state is reached. */
export type Story = (stage: Stage) => Promise<void>;

const minute = 60_000;
const appId = 'fernhill';

/** Nothing happens later: a line that is lost stays lost, and who types goes on typing. */
const stillClock: Clock = { now: () => now, setTimeout: () => 0 as unknown as Timer, clearTimeout: () => undefined };

/**
 * The messenger as it is, with a client of its own, before a small server in the same page (dev/fake). A story moves the server,
 * the network and the model; it changes nothing that these have inside.
 */
export class Stage {
  /** By the server's clock; what is said is said then. */
  #at = now;
  readonly parlor = new FakeParlor(() => this.#at);
  readonly network: FakeNetwork = { server: this.parlor, delayMs: 0, down: false, dialed: 0, handovers: 0 };
  /** The conversation in which is said what is said: the one begun last. */
  talk = '';
  readonly #values = new MemoryValues();
  readonly #element: HTMLElement;
  readonly #spoken: Spoken;
  #model: Messenger | undefined;

  constructor(spoken: Spoken, element: HTMLElement) {
    this.#spoken = spoken;
    this.#element = element;
    answerUploads({});
  }

  get model(): Messenger {
    return (this.#model ??= this.#newModel());
  }

  get client(): Client {
    return this.model.options.client;
  }

  /** Somebody whom the business knows. */
  signIn(givenName = 'Ana'): void {
    const { session, grant } = this.parlor.signIn({});
    const { user } = session.user;
    Object.assign(user, { externalId: 'ana', profile: { givenName } });
    const storage = new Storage(this.#values, `parlor.${appId}.`);
    saveSession(storage, { token: session.token, expiresAt: grant?.expiresAt ?? '', userId: user.id, externalId: 'ana', clientId: session.client, door: 'sdk' });
  }

  /** From now on it is so many minutes ago. */
  ago(minutes: number): void {
    this.#at = now - minutes * minute;
  }

  /** Begins a conversation of the signed-in person. */
  begin(fields: ConversationFields = {}): string {
    if (this.parlor.users.length === 0) this.signIn();
    const [owner] = this.parlor.users;
    if (!owner) throw new Error('nobody is signed in');
    this.talk = this.parlor.begin(owner);
    Object.assign(this.parlor.conversations.at(-1)?.state ?? {}, fields);
    return this.talk;
  }

  /** The business says something that the person has read. */
  kim(said: string | Content, author: Partial<Message['author']> = {}): void {
    this.news(said, author);
    this.parlor.userReads(this.talk);
  }

  /** The business says something that nobody has read yet. */
  news(said: string | Content, author: Partial<Message['author']> = {}): void {
    this.parlor.say(this.talk || this.begin(), said, author);
  }

  /** The person says something, on another device. */
  ana(said: string | Content): void {
    this.parlor.answer(this.talk || this.begin(), said);
  }

  /** Opens the messenger; done when all of the newest conversation is there, and what draws it. */
  async open(options: Partial<MessengerOptions> = {}): Promise<void> {
    const { model } = this;
    Object.assign(model.options, options);
    mount(model, this.#element);
    model.open();
    this.ago(0);
    await this.client.start();
    const { conversations } = this.parlor;
    await until(() => model.conversationId ?? conversations.length === 0);
    const said = conversations.find(({ state }) => state.id === model.conversationId)?.messages ?? [];
    const isRich = said.some(({ content }) => Object.keys(content).length > 2);
    await until(() => model.messages.length >= Math.min(said.length, 50) && (!isRich || model.rich));
    const { attachmentsEnabled, menuItems } = model.options;
    await until(() => !(attachmentsEnabled || menuItems) || !document.querySelector('.composer') || document.querySelector('.composer .tool'));
    await drawn();
  }

  /** Presses the first button of the selector. */
  press(selector: string): void {
    const button = document.querySelector<HTMLElement>(selector);
    if (!button) throw new Error(`no button ${selector}`);
    button.click();
  }

  /** The line is lost, and none comes back. */
  loseLine(): void {
    this.network.down = true;
    this.parlor.cut();
  }

  /** Requests are on their way for ever from now on. */
  stall(): void {
    this.network.delayMs = 24 * 60 * minute;
  }

  #newModel(): Messenger {
    const client = new Client({
      appId,
      origin: location.origin,
      storage: this.#values,
      dial: () => new FakeSocket(this.network),
      fetch: () => Promise.reject(new TypeError('no network')),
      anonymous: this.parlor.anonymous,
      clock: stillClock,
      random: () => 0.5,
    });
    return new Messenger({
      client,
      ...this.#spoken,
      businessName: 'Fernhill',
      businessIconUrl: '/pictures/fern.svg',
      conversationList: true,
      attachmentsEnabled: true,
      close: () => undefined,
    });
  }
}
