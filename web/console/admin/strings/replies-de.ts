import { pluralIn } from '../../strings/plural.ts';
import type { Variable } from '../../inbox/writing/variables.ts';
import type { replies as en } from './replies-en.ts';

const plural = pluralIn('de');

const means: Record<Variable, string> = {
  'user.name': 'Name des Nutzers',
  'user.first_name': 'Vorname des Nutzers',
  'user.email': 'E-Mail des Nutzers',
  'agent.name': 'Name des Agenten',
  'agent.first_name': 'Vorname des Agenten',
  'app.name': 'Name der App',
};

export const replies: typeof en = {
  lead: 'Was dein Team oft schreibt. Agenten tippen / und das Kürzel und sehen vor dem Senden, was gesendet wird.',
  failed: 'Die Textbausteine konnten nicht geladen werden.',
  make: 'Neuer Baustein',
  search: 'Baustein finden',
  empty: 'Noch keine Textbausteine',
  emptyLead: 'Lege eine Begrüßung an, den Weg zum Rückgabeformular oder das, wonach du zuerst fragst. Mit Variablen wird jeder mit Namen angesprochen.',
  noneFound: (query) => `In keinem Baustein steht „${query}“.`,
  count: (count) => plural(count, '# Baustein', '# Bausteine'),
  actions: (title) => `Aktionen für ${title}`,
  edit: 'Bearbeiten',
  remove: 'Entfernen',
  removeTitle: (title) => `„${title}“ entfernen?`,
  removeLead: 'Agenten finden ihn dann nicht mehr. Was gesendet wurde, bleibt.',
  removed: (title) => `„${title}“ ist entfernt.`,
  saved: (title) => `„${title}“ ist gespeichert.`,
  newTitle: 'Neuer Textbaustein',
  editTitle: 'Textbaustein bearbeiten',
  title: 'Titel',
  titleHint: 'Nur für dein Team.',
  titlePlaceholder: 'Begrüßung',
  shortcut: 'Kürzel',
  shortcutHint: 'Agenten tippen / und dieses Kürzel. Buchstaben, Ziffern, - und _.',
  shortcutPlaceholder: 'gruss',
  text: 'Text',
  textHint: 'Markdown, wie in einer Antwort. Was nach | steht, wird gesagt, wenn nichts bekannt ist: {{user.first_name|du}}.',
  insert: 'Variable einfügen',
  means,
  preview: 'Vorschau',
  previewLead: 'So sähe er für Ana Berg aus.',
  nothing: 'Was du schreibst, steht hier.',
};
