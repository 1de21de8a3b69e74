import type { Launcher } from '../shell.ts';
import type { Names } from '../../ui/strings/index.ts';

/** Calls what stands on the page by names of the messenger's language: fetched where that is not English, or the page has names of its own. */
export function name({ title, ...names }: Names, frame: HTMLIFrameElement, launcher: Launcher | undefined): void {
  frame.title = title;
  if (!launcher) return;
  const { button, setOpen } = launcher;
  const text = button.textContent;
  launcher.dismiss = names.dismiss;
  launcher.setOpen = (open) => {
    setOpen(open);
    button.ariaLabel = open ? names.close : [names.open, text].filter(Boolean).join(': ');
  };
  launcher.setOpen(button.ariaExpanded === 'true');
}
