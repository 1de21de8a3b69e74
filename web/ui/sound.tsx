/** A soft sound for answers that nobody has in view, and the switch for it: fetched when the chat is opened, or where there is a conversation. */
import { valuesOf } from './browser.ts';
import type { Extras, Messenger } from './model.ts';
import { soundStrings } from './parts/sound-strings.ts';
import { h } from './view/h.ts';

const key = 'parlor.silent';
const burstMs = 3_000;
/** A browser that plays nothing before somebody touched the page does not say so: it only lets the sound wait. */
const startsWithinMs = 300;

/** When they end, in seconds. */
const firstNote = 0.12;
const bothNotes = 0.6;

const bell = 'M18 9.500a6 6 0 0 0-12 0c0 5-2 6.500-2 6.500h16s-2-1.500-2-6.500M10.200 20a2.100 2.100 0 0 0 3.600 0';
const struck = 'M4 3.500l16 17';

export function sound(model: Messenger): Required<Pick<Extras, 'tool'>> {
  const values = valuesOf('localStorage');
  const strings = soundStrings(model);
  const { client } = model.options;
  let last = 0;
  client.store.on('message', ({ author }) => {
    const isInView = model.look.opened && !document.hidden;
    if (author.type === 'user' || isInView || values.getItem(key) || Date.now() - last < burstMs) return;
    last = Date.now();
    inOneTab(ring).catch(() => undefined);
  });
  return {
    tool: () => {
      const isSilent = !!values.getItem(key);
      const name = isSilent ? strings.soundOn : strings.soundOff;
      const turn = () => {
        if (isSilent) values.removeItem(key);
        else values.setItem(key, '1');
        model.set({});
      };
      return (
        <button class="tool" key="sound" aria-label={name} title={name} onclick={turn}>
          <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d={isSilent ? bell + struck : bell} />
          </svg>
        </button>
      );
    },
  };
}

/** Of all tabs in which the answer arrives, the first one rings, and holds the others back for as long as a burst may last. */
async function inOneTab(run: () => Promise<void>): Promise<void> {
  const first = async (lock: Lock | null) => {
    if (!lock) return;
    await run();
    await new Promise((done) => setTimeout(done, burstMs));
  };
  // A browser that refuses locks rings in each.
  await navigator.locks.request('parlor.sound', { ifAvailable: true }, first).catch(run);
}

/** Two soft notes, made here. */
async function ring(): Promise<void> {
  const audio = new AudioContext();
  await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, startsWithinMs))]);
  if (audio.state !== 'running') return audio.close();
  const { currentTime: now, destination } = audio;
  const loudness = new GainNode(audio, { gain: 0 });
  loudness.connect(destination);
  [660, 990].forEach((frequency, i) => {
    const [begin, end] = [now + i * firstNote, now + (i ? bothNotes : firstNote)];
    loudness.gain.linearRampToValueAtTime(0.07, begin + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.001, end);
    const note = new OscillatorNode(audio, { frequency });
    note.connect(loudness);
    note.start(begin);
    note.stop(end);
    if (i) note.onended = () => void audio.close();
  });
}
