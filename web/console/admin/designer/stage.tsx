import { h } from 'preact';
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { language } from '../../strings/index.ts';
import { adminTexts } from '../words.ts';
import { hear } from './messages.ts';
import type { Config, Made, Shown, Told, View } from './messages.ts';

type Scene = 'closed' | 'first' | 'talk';
type Width = 'wide' | 'phone';

/** How large the page in the preview is; it is shown smaller where there is less room. */
const sizes: Record<Width, { width: number; height: number }> = { wide: { width: 860, height: 640 }, phone: { width: 390, height: 720 } };

/** The widget itself on a page without words, as the configuration makes it (web/preview). */
export function Stage({ config, setMade }: { config: Config; setMade(made: Record<'light' | 'dark', Made>): void }): JSX.Element {
  const { designer: words } = adminTexts.value;
  const [scene, setScene] = useState<Scene>('first');
  const [theme, setTheme] = useState<View['theme']>(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const [width, setWidth] = useState<Width>('wide');
  const [isReady, setReady] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const after = useRef<HTMLParagraphElement>(null);
  const id = useId();

  useEffect(
    () =>
      hear<Told>((told) => {
        if (told.preview === 'ready') setReady(true);
        if (told.preview === 'colors') setMade(told);
        if (told.preview === 'opened') setScene((before) => (told.open ? (before === 'closed' ? 'first' : before) : 'closed'));
      }),
    [],
  );
  const view: View = { open: scene !== 'closed', talk: scene === 'talk', theme, locale: language.value };
  const shown: Shown = { preview: 'show', config, view };
  const said = JSON.stringify(shown);
  useEffect(() => {
    if (isReady) frame.current?.contentWindow?.postMessage(shown, location.origin);
  }, [isReady, said]);
  return (
    <section class="stage" aria-labelledby={id}>
      <header>
        <h2 id={id}>{words.preview}</h2>
        <p class="quiet">{words.previewLead}</p>
      </header>
      <div class="stage-tools">
        <Segments label={words.scene} options={words.scenes} value={scene} onValue={(chosen) => setScene(chosen)} />
        <Segments label={words.visitorTheme} options={words.visitorThemes} value={theme} onValue={(chosen) => setTheme(chosen)} />
        <Segments label={words.width} options={words.widths} value={width} onValue={(chosen) => setWidth(chosen)} />
        <button type="button" class="button skip-preview" onClick={() => after.current?.focus()}>{words.skip}</button>
      </div>
      <Scaled size={sizes[width]}>
        <iframe ref={frame} src="/preview/host" title={words.frame} />
      </Scaled>
      <p ref={after} class="quiet" tabIndex={-1}>{words.nothingKept}</p>
    </section>
  );
}

function Segments<Value extends string>({ label, options, value, onValue }: { label: string; options: Record<string, string>; value: Value; onValue(value: Value): void }): JSX.Element {
  return (
    <div class="segmented" role="group" aria-label={label}>
      {(Object.keys(options) as Value[]).map((one) => (
        <button key={one} type="button" aria-pressed={one === value} onClick={() => onValue(one)}>{options[one]}</button>
      ))}
    </div>
  );
}

/** Shows something of that size as large as there is room for, and no larger. */
function Scaled({ size: { width, height }, children }: { size: { width: number; height: number }; children: JSX.Element }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const scale = Math.min(1, room / width);
  return (
    <div ref={place} class="stage-place" style={{ blockSize: `${height * scale}px` }}>
      <div class="stage-page" style={{ inlineSize: `${width}px`, blockSize: `${height}px`, transform: `scale(${scale})`, marginInlineStart: `${Math.max(0, (room - width * scale) / 2)}px` }}>{children}</div>
    </div>
  );
}
