/** A file that somebody chose. */
export interface Chosen {
  readonly file: File;
  /** What a message that shows it says of itself. */
  readonly type: 'image' | 'file';
  /** Of a picture: where this page has it, and its pixels. */
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
}

/** A picture with its pixels, as the browser reads them; one that it cannot read is shown by its name. */
export async function seen(file: File, isSeen: boolean): Promise<Chosen> {
  if (!isSeen) return { file, type: 'file' };
  const url = URL.createObjectURL(file);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return { file, type: 'image', url, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    URL.revokeObjectURL(url);
    return { file, type: 'image' };
  }
}
