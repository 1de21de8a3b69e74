/** An answer that is written once and sent often. */
export interface CannedReply {
  id: string;
  shortcut: string;
  title: string;
  /** Markdown, with variables. */
  text: string;
}
