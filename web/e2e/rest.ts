import type { App, Key } from './program.ts';

/** A message as REST v2 shows it, as far as the tests look. */
export interface RestMessage {
  id: string;
  number: number;
  author: { type: string; userId?: string; userExternalId?: string };
  content: { type: string; text?: string };
}

export interface RestUser {
  id: string;
  number: number;
  externalId?: string;
  profile: Record<string, string>;
}

export interface RestConversation {
  id: string;
  displayName?: string;
}

/** The company's backend: it calls REST v2 with an app key. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly app: App,
    private readonly key: Key,
  ) {}

  /** Calls; the answer is the body. Fails where the status is not one of success. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Uploads a form with a file; the answer is the body. */
  async upload<T>(path: string, form: FormData): Promise<T> {
    const answer = await fetch(this.address(path), { method: 'POST', headers: { Authorization: this.authorization }, body: form });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** The status alone. */
  async status(method: string, path: string): Promise<number> {
    const answer = await this.send(method, path);
    await answer.arrayBuffer();
    return answer.status;
  }

  async createUser(externalId: string, profile: Record<string, string> = {}): Promise<RestUser> {
    return (await this.call<{ user: RestUser }>('POST', '/users', { externalId, profile })).user;
  }

  async createConversation(externalId: string, fields: object = {}): Promise<RestConversation> {
    const body = { type: 'personal', participants: [{ userExternalId: externalId }], ...fields };
    return (await this.call<{ conversation: RestConversation }>('POST', '/conversations', body)).conversation;
  }

  async conversationsOf(externalId: string): Promise<RestConversation[]> {
    const path = `/conversations?filter%5BuserExternalId%5D=${encodeURIComponent(externalId)}`;
    return (await this.call<{ conversations: RestConversation[] }>('GET', path)).conversations;
  }

  /** Answers as the business. */
  async say(conversation: string, text: string, author: object = {}): Promise<RestMessage> {
    const body = { author: { type: 'business', displayName: 'Kim', ...author }, content: { type: 'text', text } };
    const { messages } = await this.call<{ messages: RestMessage[] }>('POST', `/conversations/${conversation}/messages`, body);
    return messages[0] as RestMessage;
  }

  /** A passing sign of the business: `typing:start`, `typing:stop`, `conversation:read`. */
  async sign(conversation: string, type: string): Promise<void> {
    await this.call('POST', `/conversations/${conversation}/activity`, { author: { type: 'business', displayName: 'Kim' }, type });
  }

  /** All messages of the conversation, the first one first. */
  async messages(conversation: string): Promise<RestMessage[]> {
    const all: RestMessage[] = [];
    for (let before = ''; ; ) {
      const query = before && `?page%5Bbefore%5D=${encodeURIComponent(before)}`;
      const page = await this.call<{ messages: RestMessage[]; meta: { hasMore: boolean; beforeCursor?: string } }>('GET', `/conversations/${conversation}/messages${query}`);
      all.push(...page.messages);
      if (!page.meta.hasMore || !page.meta.beforeCursor) break;
      before = page.meta.beforeCursor;
    }
    return all.sort((a, b) => a.number - b.number);
  }

  async texts(conversation: string): Promise<(string | undefined)[]> {
    return (await this.messages(conversation)).map((message) => message.content.text);
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.address(path), {
      method,
      headers: { Authorization: this.authorization, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  private address(path: string): string {
    return `${this.url}/v2/apps/${this.app.id}${path}`;
  }

  private get authorization(): string {
    return `Basic ${Buffer.from(`${this.key.id}:${this.key.secret}`).toString('base64')}`;
  }
}
