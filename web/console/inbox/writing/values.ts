import type { Entry, Person } from '../../api/inbox.ts';
import { useConsole } from '../../console.ts';
import type { Inbox } from '../inbox.ts';
import { useInbox } from '../context.ts';
import { firstNameOf } from './variables.ts';
import type { Values } from './variables.ts';

/** What the variables stand for in a conversation; asked for when a reply is put in. */
export function useValues(entry: Entry | undefined): () => Promise<Values> {
  const desk = useConsole();
  const inbox = useInbox();
  const { name: agent } = inbox.me;
  return async () => ({
    ...(await ofUser(inbox, entry)),
    'agent.name': agent,
    'agent.first_name': firstNameOf(agent),
    'app.name': desk.app(inbox.app)?.name,
  });
}

/** Of a group it is nobody: what was meant for one would be read by all. */
async function ofUser(inbox: Inbox, entry: Entry | undefined): Promise<Values> {
  if (!entry?.person || entry.people > 1) return {};
  const { name, userId } = entry.person;
  const { profile, verifiedEmails } = (await inbox.get<{ person: Person }>(`people/${userId}`).catch(() => undefined))?.person ?? { profile: {}, verifiedEmails: [] };
  return {
    'user.name': name,
    'user.first_name': profile.givenName || firstNameOf(name),
    'user.email': verifiedEmails[0] ?? profile.email ?? undefined,
  };
}
