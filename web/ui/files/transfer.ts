// From the file itself: see uploads.ts.
import { ParlorError, signedOut, unavailable } from '../../sdk/errors.ts';
import type { WireError } from '../../sdk/index.ts';

/** One file on its way to the server. */
export interface Transfer {
  /** Kept with the id of the attachment. Fails as the server refuses; where there is no line, or nothing moves on it any more, as may be tried again. */
  done: Promise<string>;
  abort(): void;
}

const stalledMs = 30_000;
/** A picture is made anew there, and may have to wait for others. */
const answerWithinMs = 60_000;

/** Uploads a file, and tells how much of it has gone, from 0 to 1. Without a token the browser's cookie says who sends it. */
export function transfer(url: string, token: string, file: File, progress: (part: number) => void): Transfer {
  const request = new XMLHttpRequest();
  const done = new Promise<string>((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waitAtMost = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(unavailable());
        request.abort();
      }, ms);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      waitAtMost(stalledMs);
      progress(loaded / total);
    };
    request.upload.onload = () => waitAtMost(answerWithinMs);
    request.onload = () => {
      const { attachment, errors } = (request.response ?? {}) as { attachment?: { id: string }; errors?: WireError[] };
      if (attachment) resolve(attachment.id);
      else reject(refusalOf(request, errors?.[0]));
    };
    request.onerror = () => reject(unavailable());
    request.onabort = () => reject(signedOut());
    request.onloadend = () => clearTimeout(timer);
    waitAtMost(stalledMs);
  });
  request.open('POST', url);
  if (token) request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.responseType = 'json';
  const body = new FormData();
  body.append('source', file, file.name);
  request.send(body);
  return { done, abort: () => request.abort() };
}

/** A session that has ended is renewed beside this, or its end is told there: the file waits for that. */
function refusalOf(request: XMLHttpRequest, said: WireError | undefined): ParlorError {
  const { status } = request;
  if (status === 401) return unavailable();
  const retryAfterMs = Number(request.getResponseHeader('Retry-After')) * 1_000 || undefined;
  return ParlorError.fromWire({ retryAfterMs, ...(said ?? { code: 'internal' }) }, status);
}
