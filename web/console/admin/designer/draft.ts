import type { AppSettings, SettingTexts } from '../api.ts';
import { changedSince } from '../parts/edits.ts';
import type { Config } from './messages.ts';

/** The settings that say what the chat looks like, by the names of `parlor app set`. */
export const lookNames = ['name', 'color', 'position', 'offset_side', 'offset_bottom', 'theme', 'launcher_text', 'greeting', 'introduction'] as const;
export type LookName = (typeof lookNames)[number];

/** A picture that was chosen and not saved; without bytes: none from now on. */
export interface ChosenLogo {
  /** In base64; empty: none. */
  bytes: string;
  /** Where it lies in this tab. */
  address?: string;
}

/** What was changed and not saved. */
export interface Draft {
  texts: Partial<Record<LookName, string>>;
  logo?: ChosenLogo;
}

/** Drafts of this tab by the id of their app: whoever looks at another page meanwhile finds theirs again. */
export const drafts = new Map<string, Draft>();

/** What a field shows. */
export function valueOf(name: LookName, { texts }: Draft, settings: SettingTexts): string {
  return texts[name] ?? settings[name] ?? '';
}

/** The settings that are other ones in the draft. */
export function changesOf(draft: Draft, settings: SettingTexts): SettingTexts {
  const changed = lookNames.filter((name) => draft.texts[name] !== undefined && draft.texts[name].trim() !== (settings[name] ?? ''));
  return Object.fromEntries(changed.map((name) => [name, (draft.texts[name] ?? '').trim()]));
}

/** What was changed since a draft was sent to be saved. */
export function changesSince(sent: Draft, now: Draft): Draft {
  return { texts: changedSince(sent.texts, now.texts), ...(now.logo !== sent.logo && { logo: now.logo }) };
}

/** As new apps have it, but for the name, which an app always has. */
export function fresh(answer: AppSettings): Draft {
  const texts = Object.fromEntries(lookNames.filter((name) => name !== 'name').map((name) => [name, '']));
  return { texts, ...(answer.logo && { logo: { bytes: '' } }) };
}

/** A colour of three or six hexadecimal digits as the server writes it; undefined: none that it would take. */
export function colorIn(text: string): string | undefined {
  const [, digits] = /^#?([\da-f]{3}|[\da-f]{6})$/.exec(text.trim().toLowerCase()) ?? [];
  return digits && `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}

/** The configuration that pages would load if the draft were saved; what the server would refuse is left out. */
export function configOf(draft: Draft, { app, settings, logo }: AppSettings): Config {
  const text = (name: LookName) => valueOf(name, draft, settings).trim() || undefined;
  const greeting = text('greeting');
  const introAppText = text('introduction');
  return {
    app: { id: app.id, name: text('name') ?? app.name },
    attachmentsEnabled: true,
    color: colorIn(text('color') ?? ''),
    logo: draft.logo ? draft.logo.address : logo,
    looks: {
      position: oneOf(['start', 'left', 'right'], text('position')),
      side: pixelsIn(text('offset_side')),
      bottom: pixelsIn(text('offset_bottom')),
      theme: oneOf(['light', 'dark'], text('theme')),
      buttonText: text('launcher_text'),
    },
    texts: { ...(greeting && { greeting }), ...(introAppText && { introAppText }) },
  };
}

function oneOf<Word extends string>(words: Word[], text: string | undefined): Word | undefined {
  return words.find((word) => word === text);
}

function pixelsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Math.min(Number(text), 400) : undefined;
}
