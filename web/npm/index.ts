/**
 * `@parlor/web`: the same `Smooch` as the script's, for bundled pages. Fetches `smooch.js` from the server named in `init`
 * and hands everything on to it. Importing does nothing, so that pages may be rendered on a server.
 */
import type { Handler, InitOptions, MethodName, Smooch } from '../widget/api.ts';

export type * from '../widget/api.ts';

type Loaded = Smooch & Record<MethodName, (...args: unknown[]) => unknown>;

let real: Loaded | undefined;
let loading: Promise<Loaded> | undefined;
let found: (smooch: Loaded) => void;
const available = new Promise<Loaded>((resolve) => (found = resolve));
let bindings: [string, Handler][] = [];

function load(options: InitOptions): Promise<Loaded> {
  const server = options?.serverUrl ?? options?.configBaseUrl;
  if (!server) return Promise.reject(Object.assign(new Error('Smooch.init needs a configBaseUrl: the address of your Parlor.'), { code: 'bad_request', status: 400, retryable: false }));
  loading ??= fetchScript(new URL(server).origin).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function fetchScript(origin: string): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${origin}/smooch.js`;
    script.async = true;
    script.onload = () => {
      real = (window as unknown as { Smooch: Loaded }).Smooch;
      for (const [name, handler] of bindings) real.on(name, handler);
      bindings = [];
      found(real);
      resolve(real);
    };
    script.onerror = () => {
      script.remove();
      reject(Object.assign(new Error(`The chat could not be loaded from ${origin}.`), { code: 'unavailable', status: 0, retryable: true }));
    };
    document.head.append(script);
  });
}

/** The script knows where it came from. */
function withoutAddress(options: InitOptions): InitOptions {
  const { configBaseUrl: _, ...rest } = options;
  return rest;
}

const withoutServer = {
  init: (options: InitOptions) => load(options).then((smooch) => smooch.init(withoutAddress(options))),
  on: (name: string, handler: Handler) => void bindings.push([name, handler]),
  off: (name?: string, handler?: Handler) => {
    bindings = bindings.filter(([bound, by]) => (name !== undefined && bound !== name) || (handler !== undefined && by !== handler));
  },
  destroy: () => undefined,
  close: () => undefined,
  isOpened: () => false,
  getUser: () => ({ hasPaymentInfo: false, metadata: {} }),
  getConversations: () => [],
  getDisplayedConversation: () => null,
  hasMoreConversations: () => false,
} as Partial<Record<MethodName, unknown>> as Partial<Loaded>;

/** The widget. See the members of `Smooch`. */
const smooch = new Proxy({} as Smooch, {
  get: (_, name) => {
    if (typeof name !== 'string' || name === 'then') return undefined;
    const method = name as MethodName;
    return (...args: unknown[]) => {
      const now = real?.[method] ?? withoutServer[method];
      return now ? now(...args) : available.then((loaded) => loaded[method](...args));
    };
  },
});

export default smooch;
