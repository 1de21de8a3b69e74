/** What stands between the click on the launcher and a composer that one can write in. */
import type { BrowserContext } from 'playwright-core';
import { Chat } from './place.ts';
import type { Place } from './place.ts';

const slower = 4;
const longMs = 50;
const categories = ['toplevel', 'blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', 'blink'];

/** Of one opening, in milliseconds of a processor that is four times slower. */
export interface Opening {
  /** From the click until the composer has the focus. */
  interactive: number;
  /** Until the newest page of the history stands there, too; absent: there is none. */
  drawn?: number;
  /** Of the tasks of page and chat from the pointer's arrival to the end of what is above: time of their thread, without what others took of the machine. */
  longest: number;
  /** How many of them took more than 50 ms. */
  long: number;
  /** What these took above 50 ms. */
  blocking: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
}

/** What the documents note in the trace. */
const marks = { aim: 'parlor-aim', click: 'parlor-click', interactive: 'parlor-interactive', drawn: 'parlor-drawn' };

/** A browser whose documents note the moments by themselves: questions of the measuring program would be work of the thread that is measured. */
export async function newBrowser(place: Place): Promise<BrowserContext> {
  const browser = await place.newBrowser();
  await browser.addInitScript((names) => {
    const note = (name: string) => {
      if (performance.getEntriesByName(name).length > 0) return;
      performance.mark(name);
      console.info(name);
    };
    addEventListener('pointerover', ({ target }) => target instanceof Element && target.id === 'parlor' && note(names.aim), true);
    addEventListener('click', () => note(names.click), true);
    addEventListener('focusin', ({ target }) => target instanceof HTMLTextAreaElement && note(names.interactive), true);
    if (location.pathname.startsWith('/frame/')) {
      new MutationObserver(() => document.querySelectorAll('.log .message').length > 20 && note(names.drawn)).observe(document, { childList: true, subtree: true });
    }
  }, marks);
  return browser;
}

/** Opens the chat on the page and measures it; `hasHistory`: until that is drawn. */
export async function opening(place: Place, browser: BrowserContext, url: string, hasHistory: boolean): Promise<Opening> {
  const page = await browser.newPage();
  const chat = new Chat(page);
  await page.goto(url);
  await chat.launcher.waitFor();
  await chat.began();
  await page.waitForLoadState('networkidle');
  const { x, y, width, height } = (await chat.launcher.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const line = await browser.newCDPSession(page);
  await line.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await place.browser.startTracing(page, { categories });
  const noted = [marks.interactive, ...(hasHistory ? [marks.drawn] : [])].map((name) => page.waitForEvent('console', (message) => message.text() === name));
  await page.mouse.click(x + width / 2, y + height / 2);
  await Promise.all(noted);
  const trace = await place.browser.stopTracing();
  await page.close();
  return read((JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }).traceEvents, hasHistory);
}

function read(events: TraceEvent[], hasHistory: boolean): Opening {
  const at = (name: string) => events.find((event) => event.name === name)?.ts ?? NaN;
  const [aim, click, interactive, drawn] = [at(marks.aim), at(marks.click), at(marks.interactive), at(marks.drawn)];
  const { pid, tid } = events.find(({ name }) => name === marks.click) as TraceEvent;
  const end = hasHistory ? Math.max(interactive, drawn) : interactive;
  const tasks = events
    .filter((event) => event.pid === pid && event.tid === tid && event.name === 'RunTask' && event.dur !== undefined)
    .filter(({ ts, dur = 0 }) => ts + dur > Math.min(aim, click) && ts < end)
    .map(({ dur = 0, tdur = dur }) => tdur / 1000);
  const over = tasks.filter((ms) => ms > longMs);
  return {
    interactive: (interactive - click) / 1000,
    drawn: hasHistory ? (drawn - click) / 1000 : undefined,
    longest: Math.max(...tasks),
    long: over.length,
    blocking: over.reduce((sum, ms) => sum + ms - longMs, 0),
  };
}
