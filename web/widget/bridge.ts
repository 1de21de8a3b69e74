/**
 * What the host page and the frame say to each other by `postMessage`: fixed shapes, each checked by the receiver together
 * with origin and source (security rule 38). Tokens go from host to frame only; errors travel in their plain form.
 */
import type { ConversationShape, Door, PlainError, UserShape } from '../sdk/index.ts';
import type { Names } from '../ui/strings/index.ts';
import type { MenuItems, Wishes } from '../ui/wishes/wishes.ts';

/** How the host page wants the messenger. */
export interface Settings {
  /** Empty: the languages of the browser decide. */
  locale: string;
  /** Of the page: for languages that do not say it themselves. */
  direction: 'ltr' | 'rtl';
  customText: Record<string, string>;
  businessName?: string;
  businessIconUrl?: string;
  colors: { brandColor?: string; conversationColor?: string; actionColor?: string };
  conversationList: boolean;
  storage: 'localStorage' | 'sessionStorage';
  anonymous: boolean;
  attachmentsEnabled?: boolean;
  embedded: boolean;
  door: Door;
  /** Which remembered session is taken up before a sign-in; absent: any. */
  resume?: 'any' | 'anonymous';
  /** Absent: as the person's system has it. */
  theme?: 'light' | 'dark';
  /** What the page says of itself or of the person: not verified. */
  info?: Record<string, string | undefined>;
  menuItems?: MenuItems;
  /** Whether answers that nobody has in view are heard. */
  sound: boolean;
  /** Absent: nothing that the messenger has to fetch. */
  wishes?: Wishes;
  /** Which of the host's delegates exist. */
  delegates: Delegates;
}

export interface Delegates {
  beforeDisplay: boolean;
  beforeSend: boolean;
  beforePostbackSend: boolean;
}

/**
 * A conversation that is new or has changed. Of the messages posted before, the first `before` and the last `after` stay;
 * `messages` stand between them.
 */
export interface ConversationChange extends ConversationShape {
  before: number;
  after: number;
}

/** What the host shows of the frame's state without asking, beside the conversations. */
export interface Mirror {
  user: UserShape;
  signedIn: boolean;
  /** Whether it is somebody who signed in with a token. */
  known: boolean;
  unread: number;
  hasMore: boolean;
  displayed: string | null;
  /** The ids of all conversations that are held, the one with the newest message first. */
  order: string[];
}

/** An event of the public interface: its name, the first arguments of its handlers, and what `data`, the last one, holds. */
export interface PublicEvent {
  name: string;
  args: unknown[];
  conversation?: string;
  data: Record<string, unknown>;
}

export type HostMessage =
  | { parlor: 'hello'; settings: Settings; signIn?: { externalId?: string; token: string } }
  | { parlor: 'call'; ref: number; method: string; args: unknown[] }
  | { parlor: 'answer'; ref: number; value?: unknown; error?: PlainError }
  | { parlor: 'opened'; opened: boolean; expanded: boolean; expandable: boolean }
  | { parlor: 'delegates'; delegates: Delegates };

export type FrameMessage =
  | { parlor: 'named'; names: Names }
  | { parlor: 'started'; error?: PlainError }
  | { parlor: 'result'; ref: number; value?: unknown; error?: PlainError }
  | { parlor: 'ask'; ref: number; what: keyof Delegates | 'onInvalidAuth'; args: unknown[] }
  | { parlor: 'mirror'; mirror: Mirror; changed: ConversationChange[] }
  | { parlor: 'event'; event: PublicEvent }
  | { parlor: 'wish'; wish: 'close' | 'expand' };

type Shape = Record<string, 'string' | 'number' | 'boolean' | 'object' | 'array'>;

const fromHost: Record<HostMessage['parlor'], Shape> = {
  hello: { settings: 'object' },
  call: { ref: 'number', method: 'string', args: 'array' },
  answer: { ref: 'number' },
  opened: { opened: 'boolean', expanded: 'boolean', expandable: 'boolean' },
  delegates: { delegates: 'object' },
};

const fromFrame: Record<FrameMessage['parlor'], Shape> = {
  named: { names: 'object' },
  started: {},
  result: { ref: 'number' },
  ask: { ref: 'number', what: 'string', args: 'array' },
  mirror: { mirror: 'object', changed: 'array' },
  event: { event: 'object' },
  wish: { wish: 'string' },
};

export function isHostMessage(data: unknown): data is HostMessage {
  return fits(data, fromHost);
}

export function isFrameMessage(data: unknown): data is FrameMessage {
  return fits(data, fromFrame);
}

function fits(data: unknown, shapes: Record<string, Shape>): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const message = data as Record<string, unknown>;
  const name = message['parlor'];
  if (typeof name !== 'string' || !Object.hasOwn(shapes, name)) return false;
  return Object.entries(shapes[name] ?? {}).every(([member, kind]) => {
    const value = message[member];
    return kind === 'array' ? Array.isArray(value) : typeof value === kind && value !== null;
  });
}
