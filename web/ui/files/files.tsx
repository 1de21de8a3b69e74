import type { Entry } from '../../sdk/index.ts';
import { Icon } from '../icons.tsx';
import type { FileParts, Messenger } from '../model.ts';
import { wear } from '../parts/later.ts';
import css from '../theme/files.css?inline';
import { fill } from '../strings/index.ts';
import { h } from '../view/h.ts';
import type { Child } from '../view/h.ts';
import { bubbleOf, statusOf } from './bubble.tsx';
import { seen } from './chosen.ts';
import type { Chosen } from './chosen.ts';
import { DropZone } from './drop.ts';
import { acceptOf, isPicture, refusalOf } from './rules.ts';
import type { Allowed, Rules } from './rules.ts';
import { sizeOf } from '../size.ts';
import { fileStrings } from './strings.ts';
import type { FileStrings } from './strings.ts';
import { transfer } from './transfer.ts';
import { Uploads } from './uploads.ts';

wear(css);

/** What was chosen for a conversation, and why some of it cannot be sent. */
interface Tray {
  readonly chosen: readonly Chosen[];
  readonly refusals: readonly string[];
}

const empty: Tray = { chosen: [], refusals: [] };

/** The part that sends files of the messenger: one for each. */
export function filesOf(model: Messenger): FileParts {
  return (model.files ??= new Files(model));
}

/** Files from the choice to the message: chosen, pasted or dropped, shown above the text, queued, and shown in the log on their way. */
class Files implements FileParts {
  readonly #model: Messenger;
  readonly #strings: FileStrings;
  readonly #uploads: Uploads;
  readonly #input = document.createElement('input');
  readonly #zone: DropZone;
  #rules: Promise<Rules> | undefined;
  /** By the conversation in view, as drafts are; the default one that is still to be made is ''. */
  readonly #trays = new Map<string, Tray>();
  #userId: string | undefined;

  constructor(model: Messenger) {
    const { client } = model.options;
    this.#model = model;
    this.#strings = fileStrings(model);
    this.#uploads = new Uploads(model, this.#strings, transfer);
    this.#zone = new DropZone(this.#strings.dropFiles);
    this.#userId = client.user?.id;
    client.on('change', () => this.#follow());
    client.on('moved', (from, to) => this.#move(from, to));
    this.#input.type = 'file';
    this.#input.multiple = true;
    this.#input.onchange = () => {
      void this.#add([...(this.#input.files ?? [])]);
      this.#input.value = '';
    };
    this.#ask().then(
      (rules) => (this.#input.accept = acceptOf(rules, this.#allowed)),
      () => undefined,
    );
    model.set({});
  }

  get isReady(): boolean {
    return this.#tray.chosen.length > 0;
  }

  take(how: string, files: readonly File[]): void {
    const { look, options, rich } = this.#model;
    if (look.inList || !options.client.mayWrite || rich?.blocked()) return;
    if (how === 'dragover') return this.#zone.show();
    this.#zone.hide();
    if (how !== 'click' && files.length === 0) return;
    if (this.#mayNot()) this.#refuse([this.#strings.uploadNotAllowed]);
    else if (how === 'click') this.#input.click();
    else void this.#add(files);
  }

  send(): void {
    for (const chosen of this.#tray.chosen) this.#uploads.queue(chosen);
    this.#put(empty);
  }

  pictureOf(clientMessageId: string | undefined): string | undefined {
    return clientMessageId && this.#uploads.pictureOf(clientMessageId);
  }

  entry(entry: Entry): { bubble: Child; status: Child } | undefined {
    if (!entry.file) return undefined;
    const upload = this.#uploads.get(entry);
    return { bubble: bubbleOf(this.#model, this.#strings, entry, upload), status: statusOf(this.#model, this.#strings, entry, upload) };
  }

  tray(): Child {
    const { locale } = this.#model.options;
    const { filesToSend, removeFile } = this.#strings;
    const { chosen: files, refusals } = this.#tray;
    return (
      <div class="tray">
        <ul role="list" aria-label={filesToSend}>
          {files.map((chosen) => (
            <li class={chosen.url ? 'chosen seen' : 'chosen'}>
              {chosen.url ? (
                <img src={chosen.url} alt="" />
              ) : (
                <span class="about-file">
                  <span class="name" dir="auto">{chosen.file.name}</span>
                  <small>{sizeOf(chosen.file.size, locale)}</small>
                </span>
              )}
              <button type="button" class="remove" aria-label={fill(removeFile, { value: chosen.file.name })} title={chosen.file.name} onclick={() => this.#remove(chosen)}>
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
        <div role="alert">
          {refusals.map((words) => (
            <p class="refusal error">{words}</p>
          ))}
        </div>
      </div>
    );
  }

  get #here(): string {
    return this.#model.look.viewed ?? '';
  }

  get #tray(): Tray {
    return this.#trays.get(this.#here) ?? empty;
  }

  #put(tray: Tray, where = this.#here): void {
    this.#trays.set(where, tray);
    this.#model.set({});
  }

  get #allowed(): Allowed {
    const { imageUpload, fileUpload } = this.#model.options.menuItems ?? {};
    return { pictures: imageUpload !== false, others: fileUpload !== false };
  }

  /** Somebody anonymous may send files once the business has written (security rule 41). The server decides where it is not known here. */
  #mayNot(): boolean {
    const { conversation, options } = this.#model;
    if (options.client.isKnown) return false;
    return !conversation?.hasMore && !conversation?.messages.some(({ author }) => author.type === 'business');
  }

  async #add(files: readonly File[]): Promise<void> {
    const { locale } = this.#model.options;
    const here = this.#here;
    const rules = await this.#ask().catch(() => undefined);
    const refusals: string[] = [];
    const taken: Chosen[] = [];
    for (const file of files) {
      const refusal = rules && refusalOf(file, rules, this.#allowed, this.#strings, locale);
      if (refusal !== undefined) refusals.push(refusal);
      else taken.push(await seen(file, rules !== undefined && isPicture(file, rules)));
    }
    this.#put({ chosen: [...(this.#trays.get(here)?.chosen ?? []), ...taken], refusals }, here);
    this.#model.set({ focus: this.#model.look.focus + 1 });
  }

  #remove(chosen: Chosen): void {
    if (chosen.url) URL.revokeObjectURL(chosen.url);
    this.#put({ chosen: this.#tray.chosen.filter((one) => one !== chosen), refusals: [] });
    this.#model.set({ focus: this.#model.look.focus + 1 });
  }

  #refuse(refusals: readonly string[]): void {
    this.#put({ ...this.#tray, refusals });
  }

  /** What was chosen for a conversation that had no id yet stays with it. */
  #move(from: string, to: string): void {
    const tray = this.#trays.get(from);
    this.#trays.delete(from);
    if (tray) this.#put(tray, to);
  }

  /** What the server takes. Where it cannot be asked now, it says so when a file arrives there. */
  #ask(): Promise<Rules> {
    return (this.#rules ??= fetch(`${this.#model.options.client.base}/uploads`)
      .then((answer) => (answer.ok ? (answer.json() as Promise<Rules>) : Promise.reject(new Error('no rules'))))
      .catch((error: unknown) => {
        this.#rules = undefined;
        throw error;
      }));
  }

  /** What somebody chose goes with them; somebody who was nobody yet goes on, in the conversation that they have by then. */
  #follow(): void {
    const id = this.#model.options.client.user?.id;
    if (this.#userId !== undefined && id !== this.#userId) {
      this.#trays.clear();
      this.#uploads.forget();
    }
    this.#userId = id;
    if (this.#here && this.#trays.has('')) this.#move('', this.#here);
  }
}
