import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AppRole } from '../../api/people.ts';
import { useConsole } from '../../console.ts';
import { bodies } from '../../inbox/bodies.ts';
import { NoteBody, PlainBody } from '../../inbox/body.tsx';
import { contentOf } from '../../inbox/markdown.ts';
import { filled, firstNameOf } from '../../inbox/writing/variables.ts';
import { adminTexts } from '../words.ts';

const afterMs = 250;

/** How a text will look, filled in for somebody and made by the server as an answer is. */
export function ReplyPreview({ app, text }: { app: AppRole; text: string }): JSX.Element {
  const { api, session } = useConsole();
  const { replies: words } = adminTexts.value;
  const [shown, setShown] = useState('');
  const agent = session.value?.agent.name ?? '';
  const said = filled(text.trim(), {
    'user.name': 'Ana Berg',
    'user.first_name': 'Ana',
    'user.email': 'ana@example.com',
    'agent.name': agent,
    'agent.first_name': firstNameOf(agent),
    'app.name': app.name,
  });
  const content = contentOf(said);
  const markdown = 'content' in content ? content.content.markdownText : undefined;
  useEffect(() => {
    if (!markdown) return undefined;
    bodies(); // whose style markup has
    let isLate = false;
    const ask = () => api.call<{ html: string }>('POST', `apps/${app.id}/canned-replies/preview`, { text: markdown });
    // What cannot be shown is refused by name when it is saved.
    const timer = setTimeout(() => void ask().then(({ html }) => isLate || setShown(html), () => undefined), afterMs);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [markdown]);
  return (
    <figure class="reply-preview">
      <figcaption>
        <strong>{words.preview}</strong>
        <span class="quiet">{words.previewLead}</span>
      </figcaption>
      <div class="message own" aria-live="polite">
        {!said && <p class="quiet">{words.nothing}</p>}
        {said && !markdown && <PlainBody text={said} />}
        {markdown && shown && <NoteBody html={shown} />}
      </div>
    </figure>
  );
}
