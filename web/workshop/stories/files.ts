import { drawn, seen, until } from '../ready.ts';
import type { Stage, Story } from '../stage.ts';
import { answerUploads } from '../uploads.ts';
import { kim, shortTalk } from './talk.ts';

const invoice = () => new File([new Uint8Array(48_120)], 'invoice-2026-11.pdf', { type: 'application/pdf' });

async function lamp(): Promise<File> {
  const image = new Image();
  image.src = '/pictures/lamp.svg';
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 210];
  (canvas.getContext('2d') as CanvasRenderingContext2D).drawImage(image, 0, 0, 320, 210);
  const blob = await new Promise<Blob>((done) => canvas.toBlob((png) => done(png as Blob)));
  return new File([blob], 'lamp.png', { type: 'image/png' });
}

/** Brings files, as they come by the event. */
async function bring(stage: Stage, event: 'drop' | 'dragover', ...files: File[]): Promise<void> {
  const { filesOf } = await import('../../ui/files/files.tsx');
  filesOf(stage.model).take(event, files);
}

/** Opens a talk, and drops files on it. */
async function choose(stage: Stage, ...files: File[]): Promise<void> {
  shortTalk(stage);
  await stage.open();
  await bring(stage, 'drop', ...files);
  await seen('.chosen, .refusal', files.length);
}

/** The same, and sends them. */
async function send(stage: Stage, ...files: File[]): Promise<void> {
  await choose(stage, ...files);
  void stage.model.send();
  await until(() => stage.model.entries.length === files.length && stage.model.rich);
  await drawn();
}

/** What is sent beside words. */
export const files: Record<string, Story> = {
  'files/chosen': async (stage) => {
    await choose(stage, await lamp(), invoice(), new File(['x'], `${'a-very-long-name-of-a-file-'.repeat(5)}.zip`));
  },
  'files/refused': async (stage) => {
    await choose(stage, new File(['x'], 'setup.exe'), new File([], 'empty.pdf'), invoice());
  },
  'files/on-the-way': async (stage) => {
    answerUploads({ progress: 0.45 });
    await send(stage, await lamp(), invoice());
    await seen('.percent');
  },
  'files/waiting': async (stage) => {
    await choose(stage, await lamp(), invoice());
    stage.loseLine();
    await until(() => stage.client.connectionState === 'reconnecting');
    void stage.model.send();
    await until(() => stage.model.entries.length === 2 && stage.model.rich);
    await drawn();
  },
  'files/failed': async (stage) => {
    answerUploads({ refusal: { code: 'unsupported_media_type', title: 'This file cannot be sent.' } });
    await send(stage, await lamp(), invoice());
    await seen('.not-sent', 2);
  },
  'files/dropping': async (stage) => {
    shortTalk(stage);
    await stage.open();
    // Browsers say again and again that something is dragged over.
    setInterval(() => void bring(stage, 'dragover'), 50);
    await seen('.drop-zone');
  },
  'files/menu': async (stage) => {
    shortTalk(stage);
    await stage.open({ menuItems: { shareLocation: true } });
    stage.press('.composer .tool');
    await seen('.menu');
  },
  'lightbox/one': async (stage) => {
    await lookAt(stage, ['lamp.svg']);
    await seen('.lightbox img');
  },
  'lightbox/many': async (stage) => {
    await lookAt(stage, ['fern.svg', 'lamp.svg', 'kim.svg']);
    await seen('.lightbox .turn-to', 2);
  },
  'lightbox/enlarged': async (stage) => {
    await lookAt(stage, ['letter.svg']);
    await seen('.lightbox .larger');
    stage.press('.showing-bar button');
    await seen('.zoomed');
  },
  'lightbox/broken': async (stage) => {
    await lookAt(stage, ['fern.svg', 'none.svg'], 'fern.svg');
    await seen('.lightbox .broken');
  },
};

/** Opens the first of these pictures, or the one whose thumbnail is another one. */
async function lookAt(stage: Stage, names: readonly string[], thumbnail?: string): Promise<void> {
  stage.begin();
  stage.ago(4);
  for (const name of names) {
    const words = name.replace(/\..*/, '');
    const displayUrl = `/pictures/${name}`;
    stage.kim({ type: 'image', text: words, altText: words, width: 640, height: 420, mediaUrl: `https://cdn.fernhill.example/${name}`, displayUrl, thumbnailUrl: thumbnail && `/pictures/${thumbnail}` }, kim);
  }
  await stage.open();
  await seen('.picture', names.length);
  [...document.querySelectorAll<HTMLElement>('.picture')].at(thumbnail ? -1 : 0)?.click();
  await seen('.lightbox');
}
