import { pluralIn } from '../../strings/plural.ts';
import type { Variable } from '../../inbox/writing/variables.ts';

const plural = pluralIn('en');

const means: Record<Variable, string> = {
  'user.name': 'Name of the user',
  'user.first_name': 'First name of the user',
  'user.email': 'Email of the user',
  'agent.name': 'Name of the agent',
  'agent.first_name': 'First name of the agent',
  'app.name': 'Name of the app',
};

export const replies = {
  lead: 'What your team writes often. Agents type / and its shortcut, and see what will be sent before they send it.',
  failed: 'The canned replies could not be loaded.',
  make: 'New reply',
  search: 'Find a reply',
  empty: 'No canned replies yet',
  emptyLead: 'Keep a greeting, the way to your return form, or what you ask for first. With variables each user is addressed by name.',
  noneFound: (query: string) => `No reply has “${query}” in it.`,
  count: (count: number) => plural(count, '# reply', '# replies'),
  actions: (title: string) => `Actions for ${title}`,
  edit: 'Edit',
  remove: 'Remove',
  removeTitle: (title: string) => `Remove “${title}”?`,
  removeLead: 'Agents do not find it any more. What was sent stays.',
  removed: (title: string) => `“${title}” is removed.`,
  saved: (title: string) => `“${title}” is saved.`,
  newTitle: 'New canned reply',
  editTitle: 'Edit canned reply',
  title: 'Title',
  titleHint: 'For your team only.',
  titlePlaceholder: 'Greeting',
  shortcut: 'Shortcut',
  shortcutHint: 'Agents type / and this. Letters, digits, - and _.',
  shortcutPlaceholder: 'greet',
  text: 'Text',
  textHint: 'Markdown, as in an answer. What stands after | is said where nothing is known: {{user.first_name|there}}.',
  insert: 'Insert a variable',
  means,
  preview: 'Preview',
  previewLead: 'As it would look for Ana Berg.',
  nothing: 'What you write is shown here.',
};
