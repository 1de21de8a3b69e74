/** Made by scripts/emoji.mjs: the sign, what it is called, other words for it, and its group. */
declare module 'emoji:en' {
  const all: [sign: string, name: string, words: string, group: number][];
  export default all;
}

declare module 'emoji:de' {
  const all: [sign: string, name: string, words: string, group: number][];
  export default all;
}
