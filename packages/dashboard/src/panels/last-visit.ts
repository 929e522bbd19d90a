/**
 * What this browser remembers of the last visit. A visit ends when nobody has looked for a quarter of an hour; until then, and
 * over reloads, the page compares with the visit before, or with what was marked as seen. Of a yard that needs a token nothing
 * is kept on an origin that strangers' pages share.
 */
import { elapsedMs, type Time } from '@gityard/domain';
import type { Seen } from './since-last-visit.ts';

export interface Visits {
  /** What is compared with; null: this is the first visit. */
  readonly before: Seen | null;
  readonly latest: Seen;
}

export interface Keeping {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

const VISIT_ENDS_MS = 15 * 60_000;
const NOTE_EVERY_MS = 60_000;

export class LastVisit {
  #visits: Visits | undefined;
  #isMarked = false;
  readonly #key: string;
  readonly #keeping: Keeping | null;

  constructor(yard: string, keeping: Keeping | null) {
    this.#key = `gityard-seen:${yard}`;
    this.#keeping = keeping;
  }

  get before(): Seen | null {
    return this.#visits?.before ?? null;
  }

  /** Somebody said so in this visit, so that there is nothing to tell until something happens. */
  get isMarked(): boolean {
    return this.#isMarked;
  }

  /** With every snapshot; writes at most once a minute. */
  look(seen: Seen, now: Time): void {
    const known = this.#visits ?? this.#kept();
    const isOld = known !== undefined && elapsedMs(known.latest.at, now) > VISIT_ENDS_MS;
    if (isOld) this.#isMarked = false;
    const before = isOld ? known.latest : (known?.before ?? null);
    if (this.#visits && elapsedMs(this.#visits.latest.at, seen.at) < NOTE_EVERY_MS) return;
    this.#keep({ before, latest: seen });
  }

  mark(seen: Seen): void {
    this.#isMarked = true;
    this.#keep({ before: seen, latest: seen });
  }

  #keep(visits: Visits): void {
    this.#visits = visits;
    try {
      this.#keeping?.setItem(this.#key, JSON.stringify(visits));
    } catch {
      // A full or forbidden storage costs the comparison after the next visit, and nothing else.
    }
  }

  #kept(): Visits | undefined {
    try {
      const kept = JSON.parse(this.#keeping?.getItem(this.#key) ?? 'null') as Visits | null;
      return isSeen(kept?.latest) && (kept.before === null || isSeen(kept.before)) ? kept : undefined;
    } catch {
      return undefined;
    }
  }
}

/** An older page may have kept something else under that name. */
function isSeen(kept: Seen | null | undefined): kept is Seen {
  return typeof kept?.at === 'string' && [kept.servers, kept.locks, kept.signatures].every(Array.isArray);
}

/** Where this page may remember something of the yard; null: nowhere. */
export function keepingOf({ mayKeep }: { readonly mayKeep: boolean }): Keeping | null {
  if (!mayKeep) return null;
  try {
    return localStorage;
  } catch {
    return null;
  }
}
