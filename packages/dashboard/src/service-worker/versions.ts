/**
 * Which of the versions of the page that are kept is shown. A new one is on trial until a page of it says that it has
 * started well; when that does not come, the last good one is shown again, and the broken one never more.
 *
 *     installed ──page asks for it──▶ on trial ──started──▶ good (older ones go)
 *                                        └──opened too often without──▶ broken, back to the good one
 */
export interface Versions {
  /** Shown to whoever opens the page. */
  readonly shown: string | null;
  readonly good: string | null;
  /** Installed and waiting to be taken. */
  readonly next: string | null;
  readonly broken: readonly string[];
  /** How often the shown one was opened on trial, and when last; milliseconds since 1970. */
  readonly opened: number;
  readonly openedAt: number;
}

export const NO_VERSIONS: Versions = { shown: null, good: null, next: null, broken: [], opened: 0, openedAt: 0 };

/** Someone may close a page before it has started; more than that is no accident. */
const MOST_TRIALS = 2;
const MOST_BROKEN = 10;
/** A browser that begins with the tabs of yesterday opens them in one moment, and none of them has had time to start. */
const ONE_MOMENT_MS = 2_000;

export const installed = (versions: Versions, version: string): Versions => ({ ...versions, next: version });

export function taken(versions: Versions, version: string): Versions {
  if (versions.broken.includes(version) || versions.shown === version) return { ...versions, next: null };
  return { ...versions, shown: version, next: null, opened: 0, openedAt: 0 };
}

/** Somebody opens the page. */
export function opened(versions: Versions, now: number): Versions {
  const { shown, good, broken, openedAt } = versions;
  if (shown === null || shown === good) return versions;
  if (now >= openedAt && now < openedAt + ONE_MOMENT_MS) return versions;
  if (good === null || versions.opened < MOST_TRIALS)
    return { ...versions, opened: versions.opened + 1, openedAt: now };
  return { ...versions, shown: good, broken: [shown, ...broken].slice(0, MOST_BROKEN), opened: 0, openedAt: 0 };
}

/** A page of that version has started well. */
export const started = (versions: Versions, version: string): Versions =>
  version === versions.shown ? { ...versions, good: version, opened: 0 } : versions;

/** What nobody will ask for any more. */
export function superfluous({ shown, good, next }: Versions, kept: readonly string[]): string[] {
  return shown === good ? kept.filter((version) => version !== shown && version !== next) : [];
}
