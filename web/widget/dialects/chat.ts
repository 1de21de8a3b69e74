/** `chat.js`: the old form, `window.spartezSupportChat`, and the present one, `<chat-widget>` (contracts/jsm-chat.md section 4). */
import { ChatWidget } from './jsm/element.ts';
import { serveGlobal } from './jsm/global.ts';
import { first } from './jsm/pool.ts';
import { setParlor } from './parlor.ts';

const name = 'chat-widget';

// A page may include the script twice.
if (!customElements.get(name)) {
  setParlor(first);
  serveGlobal();
  customElements.define(name, ChatWidget);
}
