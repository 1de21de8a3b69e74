/**
 * `widget.js`: `<script defer data-external-auth-code="<jwt>" src="…/widget.js">` (contracts/typingmind.md section 3). The
 * attribute is the sign-in of each page load: it is read once and taken out of the document (security rule 30).
 */
import { Widget } from '../loader/widget.ts';
import { setParlor } from './parlor.ts';
import { script, server } from './script.ts';
import { askForToken } from './token.ts';

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
    info: agentId ? { agentId } : undefined,
  });
}

const widget = new Widget();
setParlor(widget);
void begin(widget, script.dataset).catch(() => undefined);
