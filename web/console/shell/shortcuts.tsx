import { h } from 'preact';
import type { JSX } from 'preact';
import { Dialog } from '../parts/dialog.tsx';
import { texts } from '../strings/index.ts';

/** Which keys do what. */
export function Shortcuts({ close }: { close(): void }): JSX.Element {
  const { shortcuts, inbox } = texts.value;
  return (
    <Dialog title={shortcuts.title} close={close} wide>
      <div class="sheet">
        <Section title={shortcuts.list} rows={[['j', shortcuts.next], ['k', shortcuts.previous], ['Enter', shortcuts.openIt], ['Esc', shortcuts.leave]]} />
        <Section
          title={shortcuts.conversation}
          rows={[['r', shortcuts.reply], ['/', shortcuts.canned], ['Ctrl Shift E', shortcuts.emoji], ['n', shortcuts.note], ['Enter', shortcuts.send], ['a', shortcuts.assign], ['m', shortcuts.assignMe], ['e', shortcuts.close], ['s', shortcuts.snooze], ['t', shortcuts.tags], ['i', shortcuts.panel]]}
        />
        <Section title={shortcuts.everywhere} rows={[['?', shortcuts.help], ['/', shortcuts.search], ['Ctrl K', shortcuts.palette], ['z', shortcuts.undo], ['w', inbox.nextWaiting], ['g i', shortcuts.toInbox], ['g p', shortcuts.toPeople]]} />
      </div>
    </Dialog>
  );
}

function Section({ title, rows }: { title: string; rows: [keys: string, what: string][] }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={keys}>
            <dt>{what}</dt>
            <dd>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
