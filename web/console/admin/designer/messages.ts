/** What the designer and the preview in it (web/preview) say to each other. Both are of this origin, and hear nothing else. */

/** The configuration that pages load (`Config` in api/openapi.yaml), as far as it says what the widget looks like. */
export interface Config {
  app: { id: string; name?: string };
  attachmentsEnabled: boolean;
  color?: string;
  /** Also the address of a picture that lies in this tab alone. */
  logo?: string;
  looks: { position?: 'start' | 'left' | 'right'; side?: number; bottom?: number; theme?: 'light' | 'dark'; buttonText?: string };
  texts: Record<string, string>;
}

/** How the preview is looked at. */
export interface View {
  /** Whether the window stands open. */
  open: boolean;
  /** Whether there is a conversation already; else it is the first visit. */
  talk: boolean;
  /** What the visitor's system has. */
  theme: 'light' | 'dark';
  /** The visitor's language. */
  locale: string;
}

/** To the preview: the configuration as it would be, and how to look at it. */
export interface Shown {
  preview: 'show';
  config: Config;
  view: View;
}

/** What the style sheet made of the brand colour in a theme, as `#rrggbb`: of the bubbles of the visitor, the words on them, and buttons. */
export interface Made {
  own: string;
  onOwn: string;
  action: string;
}

/** From the preview. */
export type Told = { preview: 'ready' } | { preview: 'opened'; open: boolean } | { preview: 'colors'; light: Made; dark: Made };

/** Hears what comes from this origin in a message of the preview's shape. */
export function hear<Message extends { preview: string }>(take: (message: Message) => void): () => void {
  const listen = ({ origin, data }: MessageEvent<unknown>) => {
    if (origin === location.origin && typeof data === 'object' && data !== null && 'preview' in data) take(data as Message);
  };
  addEventListener('message', listen);
  return () => removeEventListener('message', listen);
}
