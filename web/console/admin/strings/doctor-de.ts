import { pluralIn } from '../../strings/plural.ts';
import type { doctor as en } from './doctor-en.ts';

const plural = pluralIn('de');

const checks: Partial<Record<string, string>> = {
  door: 'Der Weg ist offen',
  size: 'Größe',
  'three parts': 'Drei Teile, mit Punkten dazwischen',
  base64url: 'In base64url geschrieben',
  header: 'Kopf',
  key: 'Schlüssel',
  'algorithm of the key': 'Verfahren des Schlüssels',
  signature: 'Signatur',
  claims: 'Angaben',
  dates: 'Zeiten sind Zahlen',
  expiry: 'Nicht abgelaufen (exp)',
  'not before': 'Schon gültig (nbf)',
  'issued at': 'Nicht aus der Zukunft (iat)',
  'policy of the app': 'Regeln dieser App',
  audience: 'Empfänger (aud)',
  identity: 'Sagt, wer es ist',
  'argument of login': 'Dieselbe Person wie im Aufruf der Seite',
  'one-time code': 'Nur einmal benutzt',
};

const reasons: Partial<Record<string, string>> = {
  malformed: 'Kein Token',
  key_unknown: 'Unbekannter Schlüssel',
  signature_invalid: 'Falsche Signatur',
  token_expired: 'Abgelaufen',
  not_yet_valid: 'Noch nicht gültig',
  claim_invalid: 'Eine Angabe stimmt nicht',
  token_revoked: 'Widerrufen oder schon benutzt',
  token_too_old: 'Zu alt',
  door_closed: 'Dieser Weg ist geschlossen',
  seat_limit_reached: 'Alle Plätze sind vergeben',
  user_not_found: 'Niemand mit diesem Namen',
  user_blocked: 'Gesperrt',
};

export const doctor: typeof en = {
  lead: 'Füge ein Token ein und sieh jede Prüfung, die eine Anmeldung macht: was sie fand, wo sie aufhörte und was zu tun ist. Der Server macht genau dieselben Prüfungen. Nichts wird gespeichert, und niemand wird angemeldet.',
  token: 'Token',
  tokenHint: 'Drei Teile mit Punkten dazwischen. Es darf eines sein, das abgelehnt wurde.',
  door: 'Weg',
  externalId: 'Externe ID, wie an login gegeben',
  externalIdHint: 'Freiwillig. Es muss die aus dem Token sein.',
  check: 'Token prüfen',
  accepted: 'Dieses Token ist gut',
  refused: 'Dieses Token wird abgelehnt',
  cure: 'Was zu tun ist:',
  states: { passed: 'bestanden', failed: 'nicht bestanden', 'not reached': 'nicht erreicht' },
  checks,
  header: 'Kopf',
  claims: 'Angaben',
  unreadable: 'nicht lesbar',
  feedTitle: 'Abgelehnte Anmeldungen',
  feedLead: 'Wen dieser Server abgewiesen hat, seit er läuft, das Neueste zuerst. Er schaut alle fünf Sekunden nach. Von der Seite steht der Ursprung da, wo der Browser ihn nennt; beim Widget tut er das nicht.',
  feedEmpty: 'Niemand wurde abgewiesen',
  feedEmptyLead: 'Wird ein Token von dir abgelehnt, steht der Grund nach Sekunden hier, mit dem Schlüssel, den es nennt.',
  since: (when) => `seit ${when}`,
  times: (written, count) => plural(count, 'einmal', `${written}-mal`),
  reasons,
};
