import { signal } from '@preact/signals';
import type { Entry, Message } from '../api/inbox.ts';
import { texts } from '../strings/index.ts';

const storedAs = 'parlor.console.notices';
const most = 140;

/** Whether the desktop shows what comes while one looks elsewhere. */
export const areNoticesOn = signal(false);

export function recallNotices(): void {
  areNoticesOn.value = 'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(storedAs) === 'on';
}

/** Asks for leave where there is none yet; it stays off where the person or the browser says no. */
export async function switchNotices(on: boolean): Promise<void> {
  const isAllowed = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
  localStorage.setItem(storedAs, isAllowed ? 'on' : 'off');
  areNoticesOn.value = isAllowed;
}

/** Shows what a user wrote, to those whom it concerns: who answers them, or all where nobody does yet. */
export function notify({ message: { author, content }, conversation }: { message: Message; conversation: string }, entry: Entry | undefined, { me, visit }: { me: { id: string }; visit(conversation: string): void }): void {
  const concerns = !entry?.assignee || entry.assignee.id === me.id;
  if (!areNoticesOn.value || author.type !== 'user' || !concerns || document.hasFocus()) return;
  const title = entry?.person?.name ?? author.displayName ?? texts.value.inbox.someone;
  const notice = noticeOf(title, { body: content.text?.slice(0, most), tag: conversation });
  if (!notice) return;
  notice.onclick = () => {
    window.focus();
    visit(conversation);
    notice.close();
  };
}

/** Browsers of phones allow them, and make none for a page. */
function noticeOf(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
}
