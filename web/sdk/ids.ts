/**
 * A name that nobody else makes: four random numbers of the system, 128 bits, at most 43 characters.
 * Messages carry one, so that sending twice is sending once.
 */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
