import { signal } from '@preact/signals';
import { ParlorError } from '../../../sdk/errors.ts';
import type { Chosen } from '../../../ui/files/chosen.ts';
import { transfer } from '../../../ui/files/transfer.ts';
import type { Transfer } from '../../../ui/files/transfer.ts';
import { Problem } from '../../api/problem.ts';

/** A file on its way: uploaded when its turn has come, once, however often its message is tried. */
export class Sending {
  /** From 0 to 1. */
  readonly progress = signal(0);
  readonly #url: string;
  readonly #transfer: typeof transfer;
  #underWay: Transfer | undefined;
  #attachmentId: string | undefined;

  constructor(
    readonly chosen: Chosen,
    url: string,
    send = transfer,
  ) {
    this.#url = url;
    this.#transfer = send;
  }

  get name(): string {
    return this.chosen.file.name;
  }

  /** What its message says. Fails with a problem where it could not be uploaded. */
  async content(): Promise<{ content: { type: Chosen['type']; attachmentId: string } }> {
    this.#attachmentId ??= await this.#carry();
    return { content: { type: this.chosen.type, attachmentId: this.#attachmentId } };
  }

  /** It was sent, or is given up. */
  end(): void {
    this.#underWay?.abort();
    if (this.chosen.url) URL.revokeObjectURL(this.chosen.url);
  }

  async #carry(): Promise<string> {
    this.#underWay = this.#transfer(this.#url, '', this.chosen.file, (part) => (this.progress.value = part));
    try {
      return await this.#underWay.done;
    } catch (reason) {
      this.progress.value = 0;
      const { status, code, message, retryAfterMs } = ParlorError.from(reason);
      throw new Problem(status, code, message, retryAfterMs && retryAfterMs / 1_000);
    } finally {
      this.#underWay = undefined;
    }
  }
}
