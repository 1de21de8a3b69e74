/**
 * `widget.js`: `<script defer data-external-auth-code="<jwt>" src="…/widget.js">` (contracts/typingmind.md section 3). The
 * attribute is the sign-in of each page load: it is read once and taken out of the document (security rule 30). Also `<parlor-chat>`.
 */
import type { Widget } from '../loader/widget.ts';
import { setParlor } from './parlor.ts';
import { script, server } from './script.ts';
import { askForToken } from './token.ts';
import { ParlorChat, first } from './widget/element.ts';

const isOn = (value: string | undefined) => value !== undefined && value !== 'false';
const tell = (error: unknown) => console.error(error);

async function begin(widget: Widget, attributes: DOMStringMap): Promise<void> {
  const { externalAuthCode, appId, tokenEndpoint, agentId, position, welcome, locale, theme, buttonText, open } = attributes;
  const hideUntilLogin = isOn(attributes['hideUntilLogin']);
  delete attributes['externalAuthCode'];
  if (isOn(open)) widget.on(hideUntilLogin ? 'login' : 'ready', () => void widget.call('open'));
  const fresh = tokenEndpoint ? () => askForToken(tokenEndpoint) : undefined;
  await widget.begin({
    server,
    app: appId || undefined,
    door: 'code',
    resume: 'anonymous',
    browserStorage: 'sessionStorage',
    jwt: externalAuthCode || (await fresh?.().catch(tell)) || undefined,
    delegate: { onInvalidAuth: fresh },
    onError: tell,
    locale,
    position: position === 'left' || position === 'right' ? position : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    buttonText,
    customText: welcome ? { introAppText: welcome } : undefined,
    hideUntilLogin,
    titleBadgeEnabled: attributes['titleBadge'] !== 'false',
    info: { agentId },
  });
}

setParlor(first);
// A page may include the script twice.
if (!customElements.get('parlor-chat')) customElements.define('parlor-chat', ParlorChat);
// Where the page has the element, or will have it, the chat is the element's.
if (!('element' in script.dataset) && !document.querySelector('parlor-chat')) void begin(first, script.dataset).catch(() => undefined);
