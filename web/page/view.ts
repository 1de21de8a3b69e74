import type { Presence } from '../sdk/index.ts';

export type View = 'insecure' | 'loading' | 'trouble' | 'sign-in' | 'other-person' | 'expired' | 'closed' | 'messenger';

/** What decides which view is shown. */
export interface Situation {
  /** Whether the browser keeps our cookie: over https, and on localhost. */
  secure: boolean;
  /** An answer is awaited that decides. */
  busy: boolean;
  /** The link was refused, or the server did not answer. */
  troubled: boolean;
  /** The code names another person than the one signed in. */
  asked: boolean;
  /** The person wants to sign in by e-mail. */
  signingIn: boolean;
  /** Somebody known was signed in when the page was opened before, and no longer is. */
  ended: boolean;
  presence: Presence;
  /** Who may come in without a link; undefined as long as the app is not known. */
  admits: { anonymous: boolean; mail: boolean } | undefined;
}

/** One view at a time: what keeps the person from chatting comes first, and what the person asked for before that. */
export function viewOf({ secure, busy, troubled, asked, signingIn, ended, presence, admits }: Situation): View {
  if (!secure) return 'insecure';
  if (busy) return 'loading';
  if (signingIn && admits?.mail) return 'sign-in';
  if (troubled) return 'trouble';
  if (!admits) return 'loading';
  if (asked) return 'other-person';
  if (presence === 'user') return 'messenger';
  if (presence === 'expired' || ended) return 'expired';
  if (admits.anonymous) return 'messenger';
  return admits.mail ? 'sign-in' : 'closed';
}
