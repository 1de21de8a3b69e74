import { Fragment, h } from 'preact';
import type { JSX } from 'preact';
import type { AppRole } from '../../api/people.ts';
import type { Key, Use } from '../api.ts';
import { adminTexts } from '../words.ts';
import { isLive } from './doors.ts';
import { KeyRow } from './key-row.tsx';

interface KeyListProps {
  app: AppRole;
  /** All keys of the app, of which those for one use are listed. */
  keys: Key[];
  of: Use;
  setKeys(keys: Key[]): void;
  none: string;
  newKey(): void;
}

/** The keys for one use. Those that are over are out of the way. */
export function KeyList({ app, keys, of, setKeys, none, newKey }: KeyListProps): JSX.Element {
  const { keys: words } = adminTexts.value;
  const its = keys.filter(({ uses }) => uses.includes(of));
  const over = its.filter((key) => !isLive(key));
  const row = (key: Key) => (
    <KeyRow
      key={key.id}
      app={app}
      of={of}
      shown={key}
      changed={(changed, successor) => setKeys([...keys.map((one) => (one.id === changed.id ? changed : one)), ...(successor ? [successor] : [])])}
    />
  );
  return (
    <>
      {over.length < its.length ? (
        <ul class="rows">{its.filter(isLive).map(row)}</ul>
      ) : (
        <p class="nothing">
          {none}{' '}
          <button type="button" class="plain" onClick={newKey}>{words.makeOne}</button>
        </p>
      )}
      {over.length > 0 && (
        <details>
          <summary>{words.over(over.length)}</summary>
          <ul class="rows">{over.map(row)}</ul>
        </details>
      )}
    </>
  );
}
