const marks = [/\*\*\S/, /(?<![\w*])\*\S[^*\n]*\*/, /(?<!\w)_\S[^_\n]*_(?!\w)/, /`[^`\n]+`/, /^```/m, /^\s*[-*] \S/m, /^\s*\d+\. \S/m, /^> /m, /\[[^\]\n]+\]\(\S+\)/];

/** What an answer says: a text as it is, or Markdown where it has its marks. There lines are kept, too, as people mean them who press Enter. */
export function contentOf(text: string): { text: string } | { content: { type: 'text'; markdownText: string } } {
  if (!marks.some((mark) => mark.test(text))) return { text };
  return { content: { type: 'text', markdownText: text.replace(/(?<!\n)\n(?!\n)/g, '  \n') } };
}
