const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A name that nobody else makes: 28 characters of 36, about 144 bits, from the system's source of randomness.
 * Messages carry one, so that sending twice is sending once.
 */
export function newId(): string {
  let id = '';
  while (id.length < 28) {
    for (const byte of crypto.getRandomValues(new Uint8Array(40))) {
      // 252 is the largest multiple of 36 in a byte: larger values would favour the first letters.
      if (byte < 252 && id.length < 28) id += alphabet.charAt(byte % 36);
    }
  }
  return id;
}
