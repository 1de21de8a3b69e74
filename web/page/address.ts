const codeName = 'externalAuthCode';

/** What an address held, and the same address without the code. */
export interface Taken {
  /** As it was written, also an empty one; absent: there was none. */
  code?: string;
  address: string;
}

/**
 * Takes the code of a personal link out of an address: of its fragment, which no server sees, or else of its query. Whatever
 * else stands there stays as it was written.
 */
export function takeCode({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): Taken {
  const [query, fragment] = [parted(search), parted(hash)];
  return { code: fragment.code ?? query.code, address: pathname + query.rest + fragment.rest };
}

/** The app that `/chat/{appId}` names; undefined where the server is to decide. */
export function appIn(pathname: string): string | undefined {
  const id = /^\/chat\/([^/]+)\/?$/.exec(pathname)?.[1];
  return id && decoded(id);
}

/** The conversation that a link of a mail leads to, in its fragment; undefined where it names none. */
export function conversationIn(hash: string): string | undefined {
  const pair = hash.slice(1).split('&').find((one) => nameOf(one) === 'conversation');
  return pair && decoded(pair.split('=').slice(1).join('='));
}

/** `part` begins with its mark, `?` or `#`, where there is anything. */
function parted(part: string): { code?: string; rest: string } {
  const pairs = part.slice(1).split('&');
  const others = pairs.filter((pair) => nameOf(pair) !== codeName);
  if (others.length === pairs.length) return { rest: part };
  const code = pairs.find((pair) => nameOf(pair) === codeName)?.split('=').slice(1).join('=') ?? '';
  return { code: decoded(code), rest: others.length > 0 ? `${part.charAt(0)}${others.join('&')}` : '' };
}

function nameOf(pair: string): string {
  return decoded(pair.split('=')[0] ?? '');
}

/** What is no percent-encoding is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
