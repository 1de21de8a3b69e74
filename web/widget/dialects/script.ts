/** The script element that is being run, and the address of the Parlor that it came from. */
export const script = document.currentScript as HTMLScriptElement;

export const server = new URL(script.src).origin;
