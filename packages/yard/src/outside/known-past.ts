/**
 * The past of a ref, as far as somebody asked for it: read when it is first wanted, a little at first and more when that is
 * not enough. What comes later is fetched as a difference. One asks at a time, so that many who ask at once fetch once.
 */
import { type History, StoreError } from '@gityard/store';

export interface KnownPast {
  /** The history, once it satisfies or there is no more of it; undefined: there is no such ref. Throws StoreError. */
  until(isEnough: (history: History) => boolean): Promise<History | undefined>;
}

export interface ReadPast {
  /** Commits asked for at a time. */
  readonly depths: readonly number[];
  read(depth: number): Promise<History>;
  /** Whether nothing can have come since: then nothing is asked for. */
  isNewest(commit: string): boolean;
}

/** A long past is large, and mostly somebody looks at it once. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

export function knownPast({ depths, read, isNewest }: ReadPast): KnownPast {
  let history: History | undefined;
  /** How many of the depths were read. */
  let deeper = 0;
  let lane: Promise<unknown> = Promise.resolve();
  let forgetting: ReturnType<typeof setTimeout> | undefined;

  const forget = (): void => {
    history = undefined;
    deeper = 0;
  };
  const readAll = (): Promise<History> => read(depths[Math.max(1, deeper) - 1] ?? 1);
  const newest = async (): Promise<History> => {
    const last = history?.commits.at(-1);
    if (history && last && isNewest(last.oid)) return history;
    // One that was cut or rewritten is read anew, as deep as it was.
    return (await history?.readOn()) ?? (await readAll());
  };
  const extend = async (isEnough: (history: History) => boolean): Promise<History | undefined> => {
    try {
      if (history && isEnough(history)) return history;
      for (let next = await newest(); ; next = await readAll()) {
        const isNow = next !== history && isEnough(next);
        history = next;
        deeper = Math.max(1, deeper);
        if (isNow || history.isWhole || deeper === depths.length) return history;
        deeper += 1;
      }
    } catch (error) {
      if (error instanceof StoreError && error.code === 'BRANCH_MISSING') return undefined;
      throw error;
    }
  };
  return {
    until: (isEnough) => {
      clearTimeout(forgetting);
      const turn = lane.then(() => extend(isEnough));
      lane = turn
        .catch(() => undefined)
        .finally(() => {
          clearTimeout(forgetting);
          forgetting = setTimeout(forget, FORGOTTEN_AFTER_MS).unref();
        });
      return turn;
    },
  };
}
