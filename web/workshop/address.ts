/** How a story is to be seen: what stands behind `?` in its address, and the controls of the index set. */
export interface View {
  /** Its name, like `log/grouped`. */
  story: string;
  /** Absent: as the browser has it. */
  theme?: 'light' | 'dark';
  /** Absent: that of the language. */
  dir?: 'ltr' | 'rtl';
  /** Absent: English. */
  lang?: string;
  /** Per cent. */
  zoom?: string;
  /** Nothing moves, for pictures and measures. */
  still?: string;
}

/** Stories of the launcher are on a page of a shop, all others in the frame of the messenger. */
export function addressOf(view: View): string {
  const page = view.story.startsWith('launcher/') ? 'host.html' : 'frame.html';
  const set = Object.entries(view).filter(([, value]) => value);
  return `/${page}?${new URLSearchParams(set)}`;
}

export function viewOf(search: string): View {
  return Object.fromEntries(new URLSearchParams(search)) as unknown as View;
}
