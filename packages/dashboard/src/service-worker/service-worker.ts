/**
 * Shows the page without a network: keeps its own static files, whole versions of them, and the `config.json` beside them,
 * which says whose data it shows. The data are the affair of the page's worker. Which version is shown is decided in `versions.ts`.
 */
import { installed, NO_VERSIONS, opened, started, superfluous, taken, type Versions } from './versions.ts';

/** `[path, integrity]` of each file of this build, written in by the build. */
declare const __GITYARD_FILES__: readonly (readonly [string, string])[];
const FILES = __GITYARD_FILES__;

/** What is used of the scope of a service worker; the types of the library cannot stand beside those of a page. */
interface Scope {
  readonly registration: { readonly scope: string; unregister(): Promise<boolean> };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void;
  addEventListener(type: 'message', listener: (event: Lasting & { readonly data: Message }) => void): void;
}
interface Lasting {
  waitUntil(until: Promise<unknown>): void;
}
interface Fetched {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
/** What a page says. `script`: the address of its first script, which is another one in each version. `leave`: the site has no service worker any more. */
export type Message =
  | { readonly kind: 'take-over' }
  | { readonly kind: 'started'; readonly script: string }
  | { readonly kind: 'leave' };

const scope = self as unknown as Scope;
const HOME = scope.registration.scope;
const PREFIX = `gityard ${HOME} `;
const NOTES = `gityard-notes ${HOME}`;
const NOTE = new URL('versions.json', HOME).href;
const CONFIG = new URL('config.json', HOME).href;
const ASSETS = new URL('assets/', HOME).href;
/** Of no version: whoever keeps the page changes it at any time. */
const SETTING = `gityard-config ${HOME}`;
const VERSION = FILES.map(([, integrity]) => integrity).reduce(mixed, 'v');

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', (event) => event.waitUntil(heard(event.data)));
scope.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});

/** A file that is not what this build was made of fails all of it, and the version before stays. */
async function install(): Promise<void> {
  const cache = await caches.open(PREFIX + VERSION);
  await Promise.all(
    FILES.map(async ([path, integrity]) => {
      const url = new URL(path, HOME);
      const response = await fetch(url, { integrity, cache: 'no-cache', credentials: 'same-origin' });
      if (!response.ok) throw new Error(`${path} answers ${response.status}`);
      await cache.put(url, response);
    }),
  );
  await change((versions) => installed(versions, VERSION));
  // The page has asked for it before anything here could listen. A daemon has none.
  await config(new Request(CONFIG, { cache: 'no-cache', credentials: 'same-origin' })).catch(() => undefined);
}

async function activate(): Promise<void> {
  await change((versions) => taken(versions, VERSION));
  await scope.clients.claim();
}

async function heard(message: Message): Promise<void> {
  if (message.kind === 'take-over') await scope.skipWaiting();
  else if (message.kind === 'started') await startedWith(message.script);
  else if (message.kind === 'leave') await inTurn(leave);
}

async function startedWith(script: string): Promise<void> {
  // In its turn: on a first visit the page is quicker than the worker is ready.
  const { shown } = await change((it) => it);
  if (shown === null || !(await caches.match(script, { cacheName: PREFIX + shown }))) return;
  const versions = await change((it) => started(it, shown));
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  await Promise.all(superfluous(versions, kept).map((version) => caches.delete(PREFIX + version)));
}

/** Without notes nothing is shown and nothing kept, whatever pages that are still open ask for; so nothing here makes them by looking. */
async function leave(): Promise<void> {
  const own = (await caches.keys()).filter((name) => [NOTES, SETTING].includes(name) || name.startsWith(PREFIX));
  await Promise.all(own.map((name) => caches.delete(name)));
  await scope.registration.unregister();
}

/** undefined: not ours, the network answers. */
function answerTo(request: Request): Promise<Response> | undefined {
  const { href, origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== 'GET' || !href.startsWith(HOME)) return undefined;
  if (href === CONFIG) return config(request);
  if (request.mode !== 'navigate') return href.startsWith(ASSETS) ? file(request) : undefined;
  const isPage = `${origin}${pathname}`.replace(/index\.html$/, '') === HOME;
  // Any other word in the address, such as a key of the server, is for the server.
  return isPage && [...searchParams.keys()].every((word) => word === 'source' || word === 'refs')
    ? page(request)
    : undefined;
}

async function page(request: Request): Promise<Response> {
  const { shown } = await change((versions) => opened(versions, Date.now()));
  const kept = shown === null ? undefined : await caches.match(HOME, { cacheName: PREFIX + shown });
  return kept ?? fetch(request);
}

/** By its name, which says what is in it, from whichever version. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** As it is now, or else as it was last. */
async function config(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    const copy = response.clone();
    await inTurn(() => keepConfig(copy));
    return response;
  } catch (error) {
    const kept = await caches.match(CONFIG, { cacheName: SETTING });
    if (kept) return kept;
    throw error;
  }
}

async function keepConfig(response: Response): Promise<void> {
  if (response.status === 404) await caches.delete(SETTING);
  else if (response.ok && (await caches.has(NOTES))) await (await caches.open(SETTING)).put(CONFIG, response);
}

async function read(): Promise<Versions> {
  const note = await caches.match(NOTE, { cacheName: NOTES });
  return note ? { ...NO_VERSIONS, ...((await note.json()) as Partial<Versions>) } : NO_VERSIONS;
}

let lastTurn: Promise<unknown> = Promise.resolve();

/** One after the other. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const acted = lastTurn.then(act);
  lastTurn = acted.catch(() => undefined);
  return acted;
}

function change(by: (versions: Versions) => Versions): Promise<Versions> {
  return inTurn(async () => {
    const before = await read();
    const after = by(before);
    if (after !== before) await (await caches.open(NOTES)).put(NOTE, Response.json(after));
    return after;
  });
}

/** Another word for another list; it proves nothing, the integrity of each file does. */
function mixed(word: string, integrity: string): string {
  let sum = 0;
  for (const character of word + integrity) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) | 0;
  return `v${(sum >>> 0).toString(16)}`;
}
