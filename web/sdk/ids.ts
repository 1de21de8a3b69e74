/**
 * A name that nobody else makes: four random numbers of the system, 128 bits, at most 43 characters.
 * Messages carry one, so that sending twice is sending once.
 */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

const newPrefix = 'new:';

/** A name for a conversation that its first message will make. */
export function newConversation(): string {
  return newPrefix + newId();
}

export function isNewConversation(id: string | undefined): id is `${typeof newPrefix}${string}` {
  return id?.startsWith(newPrefix) ?? false;
}
