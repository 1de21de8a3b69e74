/** The server's side of uploads, in the page: what it takes, and how far a file comes there. */
import type { Rules } from '../ui/files/rules.ts';

const rules: Rules = { maxBytes: 25_000_000, pictures: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'], files: ['pdf', 'txt', 'zip', 'mp4'] };

/** `progress`: from 0 to 1, and no further; `refusal`: what is answered at once. */
export function answerUploads({ progress, refusal }: { progress?: number; refusal?: { code: string; title: string } }): void {
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(rules)));

  class Request {
    readonly upload: { onprogress?(event: ProgressEvent): void } = {};
    readonly status = 422;
    response: unknown;
    onload: (() => void) | undefined;
    onloadend: (() => void) | undefined;

    open(): void {}
    setRequestHeader(): void {}
    abort(): void {}
    getResponseHeader(): null {
      return null;
    }

    send(): void {
      this.upload.onprogress?.(new ProgressEvent('progress', { loaded: progress ?? 1, total: 1 }));
      if (!refusal) return;
      this.response = { errors: [refusal] };
      this.onload?.();
      this.onloadend?.();
    }
  }
  globalThis.XMLHttpRequest = Request as unknown as typeof XMLHttpRequest;
}
