/** The worker's side of the line: finds the source, keeps looking, answers questions. */
import type { ReadModel } from '@gityard/domain';
import { systemClock } from './clock.ts';
import { failureOf } from './failure-of.ts';
import { browserKeeping } from './keeping/browser-keeping.ts';
import type { Keeping } from './keeping/keeping.ts';
import { Looking } from './looking.ts';
import { isOther } from './newer-model.ts';
import { askHome } from './polling/skew.ts';
import type { Port } from './port.ts';
import type { FromPage, FromWorker, Start } from './protocol.ts';
import type { Library } from './reading.ts';
import { RequestLog } from './requests/request-log.ts';
import { findSource } from './sources/find-source.ts';
import type { Source } from './sources/source.ts';
import { REAL } from './sources/wiring.ts';

/** By then a daemon on this machine, or one beside it, has said of which yard it is. */
const DAEMON_MS = 150;

interface Started {
  readonly looking: Looking;
  readonly source: Source;
}

export function serve(port: Port<FromPage, FromWorker>, wanted: Start): void {
  const started = start(wanted, port);
  let opened: Promise<Library> | undefined;
  const library = (): Promise<Library> => {
    opened ??= started.then(libraryOf).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const asked = new Map<number, AbortController>();
  /** In the order in which they came, once there is a source. */
  const then = (act: (it: Looking) => void) => void started.then(({ looking }) => act(looking));

  port.listen((message) => {
    if (message.kind === 'visible') then((looking) => looking.see(message));
    else if (message.kind === 'look') then((looking) => looking.now());
    else if (message.kind === 'history-seen') then((looking) => looking.acceptHistory());
    else if (message.kind === 'token') then((looking) => void looking.useToken(message.token));
    else if (message.kind === 'never-mind') asked.get(message.number)?.abort();
    else {
      const { number, name } = message;
      const over = new AbortController();
      asked.set(number, over);
      void Promise.all([library(), import('./answer.ts')])
        .then(([library, { answerTo }]) =>
          answerTo(name, { asked: message.asked, reading: library.reading(over.signal) }),
        )
        // What answers is loaded now, and that can fail as well.
        .catch((error: unknown) => ({ kind: 'no-answer' as const, failure: failureOf(error) }))
        .then((answer) => port.post({ number, ...answer }))
        .finally(() => asked.delete(number));
    }
  });
}

async function start(wanted: Start, port: Port<FromPage, FromWorker>): Promise<Started> {
  const { page, visible } = wanted;
  const log = new RequestLog();
  const keeping = browserKeeping({ indexedDB: globalThis.indexedDB, now: Date.now });
  const early = paintEarly(wanted, { keeping, port });
  const source = await findSource(wanted, { ...REAL, heard: (request) => log.note(request) });
  early.found(source);
  const looking = new Looking({
    source,
    page,
    tell: (told) => port.post(told),
    keeping,
    locks: (navigator as { locks?: LockManager }).locks,
    clock: systemClock,
    random: Math.random,
    askHome: () => askHome(page),
    isOnline: () => navigator.onLine,
  });
  log.onNote = () => looking.heard(log.requests);
  await looking.begin();
  looking.see({ visible });
  return { looking, source };
}

/** Nothing that is painted first waits for what answers questions. */
async function libraryOf({ looking, source }: Started): Promise<Library> {
  const { Library } = await import('./reading.ts');
  return new Library({
    source,
    keeping: () => looking.keeping,
    model: () => looking.newest.model,
    overwritten: () => looking.newest.overwritten,
    now: () => Date.now() + looking.skewMs,
  });
}

/**
 * Which source a page has may take requests to find out, and without a network as long as they take to fail. What was seen
 * of the one that it had last is shown at once, except where a daemon may have another yard by now: it is quick to say so.
 */
function paintEarly(
  { page, source, refs }: Start,
  { keeping, port }: { readonly keeping: Keeping; readonly port: Port<FromPage, FromWorker> },
): { found(it: Source): void } {
  const name = `source of ${page} ${source ?? ''} ${refs ?? ''}`;
  const found = Promise.withResolvers<void>();
  let isFound = false;
  let shown: ReadModel | undefined;
  void keeping.object(name).then(async (bytes) => {
    const address = bytes && new TextDecoder().decode(bytes);
    const kept = address && (await keeping.snapshot(address));
    if (address === new URL(page).origin) await Promise.race([found.promise, pause(DAEMON_MS)]);
    if (!kept || isFound) return;
    shown = kept.model;
    port.post({ kind: 'snapshot', model: shown, isRemembered: true, rewritten: kept.overwritten !== null });
  });
  return {
    found: ({ address, yardId }) => {
      isFound = true;
      found.resolve();
      void keeping.keepObject(name, new TextEncoder().encode(address));
      if (shown && isOther(shown, yardId?.() ?? null))
        port.post({ kind: 'snapshot', model: undefined, isRemembered: false, rewritten: false });
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
