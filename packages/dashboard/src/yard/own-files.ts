/** The page's own files without a network, and what becomes of a new version of them: said, and taken when somebody wants it. */
import { scriptUrl } from '../script-url.ts';
import type { Message } from '../service-worker/service-worker.ts';

const LOOK_EVERY_MS = 3_600_000;

export interface OwnFiles {
  /** The page has drawn itself and its worker speaks: this version can be trusted. */
  started(): void;
  /** Ends in the page being loaded anew. */
  takeNewVersion(): void;
}

interface KeepOwnFiles {
  /** The address of the page's first script, which is another one in each version. */
  readonly script: string;
  readonly onNewVersion: () => void;
}

const NO_WORKER: OwnFiles = { started: () => undefined, takeNewVersion: () => location.reload() };

/** Where there is no service worker (plain http, a private window) the page is as it comes from the network. */
export function keepOwnFiles({ script, onNewVersion }: KeepOwnFiles): OwnFiles {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (!container || import.meta.env.MODE !== 'production') return NO_WORKER;
  const hadOne = container.controller !== null;
  const registered = container.register(scriptUrl('./service-worker.js'), { scope: './' }).then(
    (registration) => watched(registration, onNewVersion),
    // The browser does not want to: nothing is missing but the page offline.
    () => undefined,
  );
  // Only who was served from what is kept can be shown a page that its site no longer has.
  if (hadOne) void registered.then((registration) => registration && leaveWhereGone(registration));
  let isWanted = false;
  container.addEventListener('controllerchange', () => {
    if (isWanted) location.reload();
    // Another tab took a new version; what this one has not loaded yet may be gone soon.
    else if (hadOne) onNewVersion();
  });
  return {
    started: () => void container.ready.then(({ active }) => say(active, { kind: 'started', script })),
    takeNewVersion: () => {
      isWanted = true;
      void registered.then((registration) => {
        if (registration?.waiting) say(registration.waiting, { kind: 'take-over' });
        else location.reload();
      });
    },
  };
}

function watched(registration: ServiceWorkerRegistration, onNewVersion: () => void): ServiceWorkerRegistration {
  const isNew = (): boolean => registration.waiting !== null && registration.active !== null;
  if (isNew()) onNewVersion();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => {
      if (isNew()) onNewVersion();
    });
  });
  // A page that stays open for weeks learns of it too. Without a network there is nothing to learn.
  setInterval(() => registration.update().catch(() => leaveWhereGone(registration)), LOOK_EVERY_MS);
  return registration;
}

/** A browser keeps a service worker whose site has none any more, and with it this page for ever. */
async function leaveWhereGone(registration: ServiceWorkerRegistration): Promise<void> {
  const { scope } = registration;
  const script = new URL('service-worker.js', scope);
  const status = await fetch(script, { method: 'HEAD', cache: 'no-store' }).then(
    (answer) => answer.status,
    () => 0,
  );
  if (status !== 404 && status !== 410) return;
  // It removes what it keeps itself, in its turn: what it was about to write would stay behind otherwise.
  say(registration.active, { kind: 'leave' });
}

function say(worker: ServiceWorker | null | undefined, message: Message): void {
  worker?.postMessage(message);
}
