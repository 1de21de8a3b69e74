/**
 * A fresh token of the host page's own backend: JSON `{"token"}` or plain text. Undefined where it says that nobody is
 * signed in (401, 403, or an empty answer); fails where it cannot be asked.
 */
export async function askForToken(endpoint: string): Promise<string | undefined> {
  const answer = await fetch(endpoint, { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' });
  if (answer.status === 401 || answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`${endpoint} answered ${answer.status} and no token.`);
  return tokenIn(await answer.text());
}

function tokenIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as { token?: unknown } | string | null;
    const token = typeof value === 'string' ? value : value?.token;
    return typeof token === 'string' ? token : undefined;
  } catch {
    return text.trim() || undefined;
  }
}
