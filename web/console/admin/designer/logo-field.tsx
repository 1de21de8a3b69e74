import { h } from 'preact';
import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { adminTexts } from '../words.ts';
import type { ChosenLogo } from './draft.ts';

const types = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'];
const maxBytes = 256 * 1024;

interface LogoFieldProps {
  /** Where the present one is. */
  saved?: string;
  /** Of the business: its first letter stands where there is none. */
  name: string;
  logo: ChosenLogo | undefined;
  onLogo(logo: ChosenLogo | undefined): void;
  fault?: string;
}

/** A picture for the header of the chat: chosen here, and shown before it is saved. */
export function LogoField({ saved, name, logo, onLogo, fault }: LogoFieldProps): JSX.Element {
  const { designer: words } = adminTexts.value;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | undefined>();
  const address = logo ? logo.address : saved;
  const refuse = (why: string) => {
    setRefusal(why);
    onLogo(undefined);
  };
  const take = async (file: File | undefined) => {
    const why = file && refusalOf(file, words);
    setRefusal(why);
    if (file && !why) onLogo({ bytes: await inBase64(file), address: URL.createObjectURL(file) });
  };
  const below = refusal ?? fault;
  return (
    <div class="labelled">
      <span id={`${id}-label`} class="label">{words.logo}</span>
      <div class="logo-line" role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-below`}>
        <span class="logo-square" aria-hidden="true">
          {address ? <img src={address} alt="" onError={() => logo && refuse(words.noPicture)} /> : [...name.trim()][0]?.toLocaleUpperCase()}
        </span>
        <button type="button" class="button" onClick={() => input.current?.click()}>{address ? words.replaceLogo : words.chooseLogo}</button>
        {address && (
          <button
            type="button"
            class="button plain"
            onClick={() => {
              setRefusal(undefined);
              onLogo(saved ? { bytes: '' } : undefined);
            }}
          >
            {words.removeLogo}
          </button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          aria-label={words.logo}
          accept={types.join()}
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      <p id={`${id}-below`} class={below ? 'fault' : 'hint'} role={below ? 'alert' : undefined}>{below ?? words.logoHint}</p>
    </div>
  );
}

/** What can be said without the server, which looks at the bytes themselves. */
function refusalOf(file: File, words: { svg: string; noPicture: string; tooLarge(kilobytes: number): string }): string | undefined {
  if (file.type.startsWith('image/svg')) return words.svg;
  if (!types.includes(file.type)) return words.noPicture;
  return file.size > maxBytes ? words.tooLarge(Math.ceil(file.size / 1024)) : undefined;
}

async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
