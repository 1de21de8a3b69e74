// From the files themselves: by way of sdk/index.ts the bundler takes the whole client out of the entry, into a part that all parts load.
import { badRequest, signedOut } from '../../sdk/errors.ts';
import { isNewConversation } from '../../sdk/ids.ts';
import type { Entry, FileNote, Metadata } from '../../sdk/index.ts';
import type { Messenger } from '../model.ts';
import { fill } from '../strings/index.ts';
import type { Chosen } from './chosen.ts';
import type { FileStrings } from './strings.ts';
import type { Transfer, transfer } from './transfer.ts';

/** How far a file has come. */
export interface Upload extends Chosen {
  /** From 0 to 1. */
  progress: number;
  /** What the host page gave its message. */
  metadata?: Metadata | undefined;
  isAgreed?: boolean;
}

/**
 * Brings files to the server when their messages have their turn in the outbox, which keeps the order of everything that was sent, waits
 * for the line, and tries again. What is cancelled, or dropped with its person, is stopped.
 */
export class Uploads {
  readonly #model: Messenger;
  readonly #strings: FileStrings;
  readonly #transfer: typeof transfer;
  /** By what an entry remembers of its file: after a page was loaded anew nothing is found. */
  readonly #uploads = new WeakMap<FileNote, Upload>();
  readonly #pictures = new Map<string, string>();
  #underWay: { id: string; transfer: Transfer } | undefined;

  constructor(model: Messenger, strings: FileStrings, send: typeof transfer) {
    this.#model = model;
    this.#strings = strings;
    this.#transfer = send;
    const { client } = model.options;
    client.bringFile = (entry) => this.#bring(entry);
    client.on('change', () => {
      const { id, transfer } = this.#underWay ?? {};
      if (id !== undefined && !this.#isQueued(id)) transfer?.abort();
    });
  }

  /** What there is of an entry's file; undefined where the page has it no more. */
  get({ file }: Entry): Upload | undefined {
    return file && this.#uploads.get(file);
  }

  /** The picture that was sent under this id from this page. */
  pictureOf(clientMessageId: string): string | undefined {
    return this.#pictures.get(clientMessageId);
  }

  /** Forgets the pictures of a person who is here no more. */
  forget(): void {
    for (const url of this.#pictures.values()) URL.revokeObjectURL(url);
    this.#pictures.clear();
  }

  queue(chosen: Chosen): void {
    const { client } = this.#model.options;
    const { name, size } = chosen.file;
    const note = { name, size };
    this.#uploads.set(note, { ...chosen, progress: 0 });
    client.send({ type: chosen.type, text: name }, this.#model.look.viewed, note).catch(() => undefined);
  }

  async #bring(entry: Entry): Promise<Entry> {
    const { client } = this.#model.options;
    const upload = this.get(entry);
    if (!upload) throw badRequest(this.#strings.fileLost);
    if (upload.url) this.#pictures.set(entry.id, upload.url);
    await this.#agree(upload, entry);
    const conversation = await this.#conversationOf(entry);
    const attachmentId = await this.#carry(entry.id, upload, conversation);
    const message = { type: upload.type, text: '', attachmentId, metadata: upload.metadata };
    const whole = { ...entry, conversation, message };
    client.outbox.replace(entry.id, () => whole);
    return whole;
  }

  /** The host page is asked once for each file. Of what it answers the metadata count. */
  async #agree(upload: Upload, { conversation }: Entry): Promise<void> {
    const { beforeSend } = this.#model.options;
    if (upload.isAgreed || !beforeSend) return;
    const { metadata } = await beforeSend({ type: upload.type, text: '' }, conversation).catch(() => {
      throw badRequest(this.#strings.uploadForbiddenError);
    });
    upload.metadata = metadata;
    upload.isAgreed = true;
  }

  /** A file belongs to a conversation from the start: where its message would make one, that is made for the file. */
  async #conversationOf({ id, conversation }: Entry): Promise<string> {
    const { client } = this.#model.options;
    const there = conversation ?? client.store.defaultId;
    if (there !== undefined && !isNewConversation(there)) return there;
    if (!this.#isQueued(id)) throw signedOut();
    const { state } = await client.createConversation({});
    if (conversation !== undefined) client.outbox.redirect(conversation, state.id);
    return state.id;
  }

  async #carry(id: string, upload: Upload, conversation: string): Promise<string> {
    const { client } = this.#model.options;
    if (!this.#isQueued(id)) throw signedOut();
    const url = `${client.base}/conversations/${encodeURIComponent(conversation)}/attachments`;
    const sending = this.#transfer(url, client.token ?? '', upload.file, (part) => this.#moved(upload, part));
    this.#underWay = { id, transfer: sending };
    try {
      return await sending.done;
    } catch (error) {
      this.#moved(upload, 0);
      throw await this.#explained(error as { code?: string; retryable?: boolean; status?: number }, upload);
    } finally {
      this.#underWay = undefined;
    }
  }

  #moved(upload: Upload, part: number): void {
    const isSeen = Math.round(part * 100) !== Math.round(upload.progress * 100);
    upload.progress = part;
    if (isSeen) this.#model.set({});
  }

  #isQueued(id: string): boolean {
    return this.#model.options.client.outbox.list().some((entry) => entry.id === id);
  }

  /** The refusal in words of the person's language. A browser cannot tell a file that is gone from a line that is. */
  async #explained(error: { code?: string; retryable?: boolean; status?: number }, { file, type }: Chosen): Promise<unknown> {
    const strings = this.#strings;
    const value = file.name;
    if (error.retryable) {
      const isThere = await file.slice(0, 1).arrayBuffer().then(() => true, () => false);
      return isThere ? error : badRequest(fill(strings.uploadInvalidError, { value }));
    }
    if (error.code === 'upload_not_allowed') return badRequest(strings.uploadNotAllowed);
    if (error.code === 'quota_reached') return badRequest(strings.uploadTooMuchError);
    if (error.status === 415 && type === 'file') return badRequest(fill(strings.fileTypeError, { value }));
    if (error.status === 415 || error.status === 400) return badRequest(fill(strings.uploadInvalidError, { value }));
    return error;
  }
}
