import { pluralIn } from '../../strings/plural.ts';

const plural = pluralIn('en');

const kinds: Partial<Record<string, string>> = { agent: 'Agent', key: 'Key', cli: 'Command line', server: 'Server', user: 'User' };

const actions: Partial<Record<string, string>> = {
  'app.create': 'App made',
  'app.set': 'Settings changed',
  'app.delete': 'App removed',
  'key.create': 'Key made',
  'key.import': 'Key imported',
  'key.rotate': 'Key rotated',
  'key.revoke': 'Key revoked',
  'agent.create': 'Account made',
  'agent.invite': 'Colleague invited',
  'agent.join': 'Colleague joined',
  'agent.password': 'Password set',
  'agent.remove': 'Colleague removed',
  'agent.role': 'Role changed',
  'agent.sign_in': 'Signed in at the console',
  'agent.withdraw': 'Invitation withdrawn',
  'user.delete': 'User erased',
  'user.erase_personal_information': 'Personal information erased',
  'user.merge': 'Users merged',
  'user.merge.undo': 'Merge undone',
  'user.set_external_id': 'External id set',
  'user.sign_out': 'User signed out everywhere',
  'user.block': 'User blocked',
  'user.unblock': 'User unblocked',
  'user.export': 'User exported',
  'webhook.off': 'Webhook switched off',
};

export const audit = {
  lead: 'Who changed what in this app: at the console, by a key, or on the server. Entries are never changed.',
  failed: 'The log could not be loaded.',
  empty: 'Nothing was done yet',
  emptyLead: 'As soon as somebody makes a key, changes a setting or erases a user, it stands here with their name.',
  filter: 'Filter',
  filterHint: (count: number) => plural(count, 'In the newest entry.', 'In the newest # entries. Load older ones to look further back.'),
  noneFound: (filter: string) => `No entry that is loaded has “${filter}” in it.`,
  columns: ['When', 'Who', 'What', 'On', 'Details'],
  save: 'Save as CSV',
  older: 'Load older entries',
  kinds,
  actions,
};
