import { fill } from '../strings/index.ts';
import { sizeOf } from '../size.ts';
import type { FileStrings } from './strings.ts';

/** What the server takes (`UploadRules` of api/openapi.yaml). */
export interface Rules {
  maxBytes: number;
  /** Ends of names, without the dot. */
  pictures: string[];
  files: string[];
}

/** Which of that people may send here. */
export interface Allowed {
  pictures: boolean;
  others: boolean;
}

/** Whether messages show it as a picture: told by its name, or by what the browser says where the name has no end. */
export function isPicture({ name, type }: { name: string; type: string }, { pictures }: Rules): boolean {
  return pictures.includes(endOf(name) ?? type.replace('image/', ''));
}

/** Why the file cannot be sent, in words; undefined where nothing is known against it. The server has the last word: it reads the bytes. */
export function refusalOf(file: File, rules: Rules, allowed: Allowed, strings: Pick<FileStrings, 'fileTypeError' | 'fileEmptyError' | 'fileTooLargeError'>, locale: string): string | undefined {
  const value = file.name;
  const end = endOf(value);
  const mayBe = isPicture(file, rules) ? allowed.pictures : allowed.others && (end === undefined || rules.files.includes(end));
  if (!mayBe) return fill(strings.fileTypeError, { value });
  if (file.size === 0) return fill(strings.fileEmptyError, { value });
  if (file.size > rules.maxBytes) return fill(strings.fileTooLargeError, { value, size: sizeOf(rules.maxBytes, locale) });
  return undefined;
}

/** What the browser's choice of files offers. */
export function acceptOf(rules: Rules, allowed: Allowed): string {
  const ends = [...(allowed.pictures ? rules.pictures : []), ...(allowed.others ? rules.files : [])];
  return ends.map((end) => `.${end}`).join();
}

function endOf(name: string): string | undefined {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
}
