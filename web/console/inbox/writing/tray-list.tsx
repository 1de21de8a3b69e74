import { h } from 'preact';
import type { JSX } from 'preact';
import { sizeOf } from '../../../ui/size.ts';
import { Icon } from '../../parts/icon.tsx';
import { locale, texts } from '../../strings/index.ts';
import { useInbox } from '../context.ts';

/** The files that go with an answer, above its text. */
export function TrayList({ conversation }: { conversation: string }): JSX.Element {
  const { trays } = useInbox();
  const { files: words } = texts.value;
  const { chosen, refusals } = trays.of(conversation).value;
  return (
    <div class="file-tray">
      {chosen.length > 0 && (
        <ul aria-label={words.toSend}>
          {chosen.map((one) => (
            <li key={one.file} class="file-chip">
              {one.url ? <img src={one.url} alt="" /> : <Icon name="file" />}
              <span>
                <span class="cut" dir="auto">{one.file.name}</span>
                <small class="quiet">{sizeOf(one.file.size, locale.value)}</small>
              </span>
              <button type="button" class="tool" aria-label={words.remove(one.file.name)} onClick={() => trays.remove(conversation, one)}>
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div role="alert">{refusals.map((refusal) => <p key={refusal} class="mistake">{refusal}</p>)}</div>
    </div>
  );
}
