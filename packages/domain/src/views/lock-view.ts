/** A lock as programs read it: flat for the usual one holder, with the whole list beside it. */
import type { Lock } from '../entities/lock.ts';
import type { State } from '../state.ts';

export interface LockView {
  readonly name: string;
  readonly holder: string | null;
  readonly token: number | null;
  readonly acquiredAt: string | null;
  readonly expiresAt: string | null;
  readonly count: number;
  readonly waiting: readonly string[];
  readonly holders: Lock['holders'];
  /** Who waits, since when and until when, first come first. */
  readonly line: Lock['waiting'];
}

export function lockView({ name, holders, count, waiting }: Lock): LockView {
  const [first] = holders;
  return {
    name,
    holder: first?.holder ?? null,
    token: first?.token ?? null,
    acquiredAt: first?.acquiredAt ?? null,
    expiresAt: first?.expiresAt ?? null,
    count,
    waiting: waiting.map((it) => it.holder),
    holders,
    line: waiting,
  };
}

/** Those that somebody holds or waits for, the longest line first. */
export function locksInUse(state: State): readonly Lock[] {
  return [...state.locks]
    .filter((lock) => lock.holders.length > 0 || lock.waiting.length > 0)
    .sort((a, b) => b.waiting.length - a.waiting.length || (a.name < b.name ? -1 : 1));
}
