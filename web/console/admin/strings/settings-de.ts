import { pluralIn } from '../../strings/plural.ts';
import type { settings as en } from './settings-en.ts';

const plural = pluralIn('de');

export const settings: typeof en = {
  failed: 'Die Einstellungen dieser App konnten nicht geladen werden.',
  unlimited: 'Ohne Grenze',
  unitOf: (label) => `Einheit von: ${label}`,
  units: { s: 'Sekunden', m: 'Minuten', h: 'Stunden', d: 'Tage' },
  general: { title: 'Allgemein', lead: 'Wie die App heißt, und wann ihre Tage beginnen.' },
  places: { title: 'Herkunft und Hosts', lead: 'Welche Seiten diesen Chat zeigen dürfen, und unter welchen Adressen er eine eigene Seite hat.' },
  access: { title: 'Wer hereindarf', lead: 'Neben denen, die dein eigener Server anmeldet.' },
  policies: { title: 'Regeln für Tokens', lead: 'Wie streng der Server mit Tokens ist. Sie gelten ab der nächsten Anmeldung; wer drin ist, bleibt drin.' },
  look: { title: 'Aussehen der Chatseite', lead: 'Der Seite mit eigener Adresse, und des Chats, wo eine Seite keine Farbe setzt. Ein Logo wird auf dem Server gesetzt: parlor app set … logo=DATEI.' },
  keeping: { title: 'Wie lange Nachrichten leben', lead: 'Wo du deinen Nutzern versprichst, dass nichts länger bleibt.' },
  fields: {
    name: { label: 'Name', hint: 'Die Chatseite zeigt ihn, und dein Team kennt die App unter ihm.' },
    time_zone: { label: 'Zeitzone', hint: 'Nach ihr beginnen und enden die Tage von Berichten.' },
    origins: { label: 'Herkunft (Origins)', hint: 'Eine in jeder Zeile: Schema und Host, kein Pfad. Nur Seiten von dort können den Chat benutzen.' },
    hosts: { label: 'Hostnamen', hint: 'Einer in jeder Zeile. Unter ihnen öffnet sich die Chatseite dieser App ohne ihre ID in der Adresse.' },
    portal: { label: 'Nummer des Kundenportals', hint: 'Über sie findet das Servicedesk-Widget diese App. Lass sie leer, wenn du es nicht benutzt.' },
    anonymous: { label: 'Man darf ohne Anmeldung schreiben', hint: 'Nur der Browser unterscheidet diese Personen. Melden sie sich später an, kommen ihre Nachrichten mit.' },
    email_login: { label: 'Anmeldung mit einem Code per E-Mail', hint: 'Auf der Chatseite. Er beweist eine Adresse, mehr nicht.' },
    seats: { label: 'Plätze', hint: 'Wie viele Personen mit Namen oder Adresse bekannt sein dürfen; jede belegt einen. Eine kleinere Zahl wirft niemanden hinaus, aber niemand Neues kommt herein.' },
    require_exp: { label: 'Tokens müssen ablaufen', hint: 'Tokens ohne exp werden abgelehnt. Schalte es ein, wenn keine alten Links weiter gelten müssen.' },
    max_token_age: { label: 'Ältestes Token', hint: 'Ab seinem iat gezählt; ein Token ohne iat wird dann abgelehnt. Leer: jedes Alter.' },
    one_time_codes: { label: 'Persönliche Links gelten einmal', hint: 'Ihre Tokens brauchen jti und exp, innerhalb von 24 Stunden. Ein weitergeleiteter Link öffnet nichts.' },
    link_by_email: { label: 'Über die E-Mail-Adresse verbinden', hint: 'Eine neue ID in einem persönlichen Link gehört dann zum Nutzer mit dieser Adresse, der noch keine ID hat. Nur, wenn dein eigener Server Adressen prüft.' },
    color: { label: 'Farbe', hint: 'Text darauf bleibt von selbst lesbar, hell und dunkel.' },
    retention: { label: 'Nachrichten bleiben', hint: 'Bisher nur gemerkt: Diese Version entfernt von selbst noch nichts. Leer: für immer.' },
  },
  anyOrigin: 'Ohne Herkunft darf jede Seite im Netz diesen Chat benutzen. Trage deine ein, bevor du startest.',
  emailLogins: { off: 'Niemand', known: 'Wessen Adresse die App kennt', on: 'Alle' },
  pick: 'Farbe wählen',
  colorNone: 'Die von Parlor',
  openPage: 'Chatseite öffnen',
  seatsUsed: (used) => `${plural(used, 'Ein Platz ist belegt', '# Plätze sind belegt')}, ohne Grenze.`,
  seatsOf: (used, limit) => `${plural(used, '#', '#')} von ${plural(limit, '# Platz', '# Plätzen')} belegt`,
  seatsNear: 'Fast alle Plätze sind belegt. Erhöhe die Zahl, oder lösche Nutzer, die lange fort sind.',
  seatsFull: 'Alle Plätze sind belegt: Niemand Neues kann sich anmelden. Wer bekannt ist, kann es weiter.',
};
