import { pluralIn } from '../../strings/plural.ts';
import type { audit as en } from './audit-en.ts';

const plural = pluralIn('de');

const kinds: Partial<Record<string, string>> = { agent: 'Agent', key: 'Schlüssel', cli: 'Kommandozeile', server: 'Server', user: 'Nutzer' };

const actions: Partial<Record<string, string>> = {
  'app.create': 'App angelegt',
  'app.set': 'Einstellungen geändert',
  'app.delete': 'App entfernt',
  'key.create': 'Schlüssel angelegt',
  'key.import': 'Schlüssel übernommen',
  'key.rotate': 'Schlüssel abgelöst',
  'key.revoke': 'Schlüssel widerrufen',
  'agent.create': 'Konto angelegt',
  'agent.invite': 'Kollege eingeladen',
  'agent.join': 'Kollege beigetreten',
  'agent.password': 'Passwort gesetzt',
  'agent.remove': 'Kollege entfernt',
  'agent.role': 'Rolle geändert',
  'agent.sign_in': 'An der Konsole angemeldet',
  'agent.withdraw': 'Einladung zurückgezogen',
  'user.delete': 'Nutzer gelöscht',
  'user.erase_personal_information': 'Persönliche Daten gelöscht',
  'user.merge': 'Nutzer zusammengeführt',
  'user.merge.undo': 'Zusammenführung rückgängig',
  'user.set_external_id': 'Externe ID gesetzt',
  'user.sign_out': 'Nutzer überall abgemeldet',
  'user.block': 'Nutzer gesperrt',
  'user.unblock': 'Nutzer entsperrt',
  'user.export': 'Nutzer exportiert',
  'webhook.off': 'Webhook abgeschaltet',
};

export const audit: typeof en = {
  lead: 'Wer in dieser App was geändert hat: an der Konsole, mit einem Schlüssel oder auf dem Server. Einträge ändern sich nie.',
  failed: 'Das Protokoll konnte nicht geladen werden.',
  empty: 'Noch wurde nichts getan',
  emptyLead: 'Sobald jemand einen Schlüssel anlegt, eine Einstellung ändert oder einen Nutzer löscht, steht es hier mit Namen.',
  filter: 'Filtern',
  filterHint: (count) => plural(count, 'Im neuesten Eintrag.', 'In den neuesten # Einträgen. Lade ältere, um weiter zurückzuschauen.'),
  noneFound: (filter) => `Kein geladener Eintrag enthält „${filter}“.`,
  columns: ['Wann', 'Wer', 'Was', 'Woran', 'Einzelheiten'],
  save: 'Als CSV speichern',
  older: 'Ältere Einträge laden',
  kinds,
  actions,
};
