import type { WidgetOptions } from '../options.ts';
import type { AppConfig } from '../shell.ts';

/** An `Error` with the members that integrators are promised (design section 4). */
export function fail(message: string, code: string, status = 0, retryable = false): Error {
  return Object.assign(new Error(message), { code, status, retryable });
}

/** Finds the app: by its id, else by the portal, else the server's default. */
export async function getConfig({ server, app, portal }: WidgetOptions): Promise<AppConfig> {
  const path = app ? `apps/${encodeURIComponent(app)}/config` : `config${portal ? `?portal=${encodeURIComponent(portal)}` : ''}`;
  const answer = await fetch(`${server}/sdk/v1/${path}`, { credentials: 'omit' }).catch(() => {
    throw fail(`Parlor at ${server} cannot be reached from ${location.origin}. Is this page's origin on the app's list?`, 'unavailable', 0, true);
  });
  if (answer.ok) return answer.json() as Promise<AppConfig>;
  if (answer.status !== 404) throw fail(`Parlor at ${server} answered ${answer.status}.`, 'unavailable', answer.status, answer.status > 428);
  const which = app ? ` with the integration id "${app}"` : portal ? ` of portal ${portal}, which is set with: parlor app set APP portal=${portal},` : '';
  throw fail(`There is no app${which} at ${server}.`, 'app_not_found', 404);
}
