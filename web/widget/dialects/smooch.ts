/** `smooch.js`: `window.Smooch`, with every method at once (contracts/sunshine.md section 3). */
import type { InitOptions, Smooch } from '../api.ts';
import { fail } from '../loader/config.ts';
import { Widget } from '../loader/widget.ts';
import { addCalls, callsOf, setParlor } from './parlor.ts';
import { translated } from './smooch/options.ts';

const widget = new Widget();

async function init(options: InitOptions): Promise<void> {
  const { integrationId, userId, externalId = userId, jwt } = options ?? {};
  if (!integrationId) throw fail('Smooch.init needs an integrationId.', 'bad_request', 400);
  if (externalId && !jwt) throw fail('An externalId needs a jwt that proves it.', 'bad_request', 400);
  return widget.begin({ ...translated(options, integrationId), externalId });
}

const smooch = {
  ...callsOf(widget),
  init: (options: InitOptions) => {
    const begun = init(options);
    begun.catch(() => undefined);
    return begun;
  },
  destroy: () => widget.destroy(),
  getUser: () => widget.ask('getUser') ?? { hasPaymentInfo: false, metadata: {} },
  getConversations: () => widget.ask('getConversations') ?? [],
  getDisplayedConversation: () => widget.ask('getDisplayedConversation') ?? null,
  hasMoreConversations: () => !!widget.ask('hasMoreConversations'),
} as Smooch;

addCalls(smooch, widget, ['render', 'login', 'startTyping', 'stopTyping', 'triggerPostback', 'updateUser', 'getConversationById', 'getMoreConversations', 'loadConversation', 'createConversation', 'updateConversation', 'markAllAsRead', 'showNotificationChannelPrompt', 'setPredefinedMessage']);

const page = window as unknown as { Smooch: Smooch; __onWebMessengerHostReady__?(smooch: Smooch): void };
page.Smooch = smooch;
setParlor(widget);
page.__onWebMessengerHostReady__?.(smooch);
