/** What is said in the stories, and by whom. */
import type { Stage } from '../stage.ts';

export const kim = { displayName: 'Kim', avatarUrl: '/pictures/kim.svg' };
export const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
export const longName = 'Alexandra-Konstantina Papadimitriou-Featherstonehaugh of the Department of Ferns';

/** A short talk of today, which Kim has had the last word in. */
export function shortTalk(stage: Stage): void {
  stage.begin();
  stage.ago(26);
  stage.ana('Hello! Does the Fastnet lamp come in black?');
  stage.ago(24);
  stage.kim('Hi Ana, it does. There are three left.', kim);
  stage.kim('Shall I put one aside for you?', kim);
  stage.ago(3);
  stage.ana('Yes please. And how long does it take to Lisbon?');
  stage.ago(2);
  stage.kim('Two days, as a rule.', kim);
}
