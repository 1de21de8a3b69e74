/** The way to the provider of single sign-on and back. What the browser brings back stands in the address until the page has taken it. */
import type { Api } from '../api/client.ts';

const path = '/console/sso';
const keptAs = 'parlor.console.sign-on';

/** As the provider writes it into the address. */
export type Answer = Record<'code' | 'state' | 'iss' | 'error', string | undefined>;

let brought: Answer | undefined;

/** Takes what was brought back out of the address, so that nobody finds it there, nor in the history. */
export function takeAnswer(): void {
  if (location.pathname !== path || !location.search) return;
  const said = new URLSearchParams(location.search);
  const one = (name: string) => said.get(name) ?? undefined;
  brought = { code: one('code'), state: one('state'), iss: one('iss'), error: one('error') };
  history.replaceState(null, '', path);
}

/** What was brought back, which is good once. */
export function answer(): Answer | undefined {
  const said = brought;
  brought = undefined;
  return said;
}

/** Leaves for the provider; `to` is where the person wants to be after. */
export async function leave(api: Api, call: string, to: string | undefined): Promise<void> {
  const { address } = await api.call<{ address: string }>('POST', call);
  sessionStorage.setItem(keptAs, to ?? '');
  location.assign(address);
}

/** Where the person wanted to be. */
export function destination(): string | undefined {
  const to = sessionStorage.getItem(keptAs);
  sessionStorage.removeItem(keptAs);
  return to || undefined;
}
