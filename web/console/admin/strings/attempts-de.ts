import { pluralIn } from '../../strings/plural.ts';
import type { AdminTexts } from './en.ts';

const plural = pluralIn('de');

export const attempts: AdminTexts['attempts'] = {
  title: 'Letzte Anfragen',
  lead: 'Die letzten 100 Anfragen, die neueste zuerst. Eine Anfrage hat bis zu 100 Ereignisse; dein System kennt sie an ihrer webhook-id, msg_….',
  failed: 'Die Anfragen konnten nicht geladen werden.',
  none: 'Noch wurde nichts gesendet. Sende ein Testereignis, um zu sehen, ob dein System es nimmt.',
  sendTest: 'Testereignis senden',
  testLead: 'Geht jetzt hinaus, unterschrieben wie alle anderen, mit dem Typ webhook:test und ohne Inhalt. Was wartet, bleibt unberührt.',
  sending: 'Wird gesendet, die Antwort steht noch aus…',
  isTest: 'Test',
  taken: (status, ms) => `Genommen: Antwort ${status} nach ${ms}`,
  refused: (status, ms) => `Nicht genommen: Antwort ${status} nach ${ms}`,
  unanswered: (ms) => `Keine Antwort, nach ${ms}`,
  events: (count) => plural(count, 'ein Ereignis', '# Ereignisse'),
  tried: (number) => `${number}. Versuch`,
  again: 'wird wieder versucht',
  cures: {
    redirect: 'Weiterleitungen wird nicht gefolgt: Trage die Adresse ein, zu der sie führt.',
    refusal: 'Deinem System gefällt nicht, was es bekommt. Sein Log sagt, warum; die API-Referenz sagt, wie eine Anfrage aussieht.',
    credentials: 'Dein System glaubt nicht, wer da ruft. Prüfe die Unterschrift mit dem Geheimnis dieses Webhooks, und dass davor nichts nach einer Anmeldung fragt.',
    path: 'Unter diesem Pfad gibt es nichts. Prüfe die Adresse, Buchstabe für Buchstabe.',
    gone: 'Eine 410 sagt, dass hier niemand mehr etwas erfahren will: Ein echtes Ereignis würde den Webhook ausschalten.',
    large: 'Danach kommen Anfragen mit weniger Ereignissen.',
    busy: 'Dein System bittet um eine Pause und bekommt sie: Alles wartet, jedes Mal länger.',
    fault: 'Dein System ist daran gescheitert. Sein Log sagt, warum.',
    odd: 'Nur ein Status von 200 bis 299 sagt, dass die Ereignisse genommen sind. Antworte zuerst, und arbeite danach.',
  },
};
