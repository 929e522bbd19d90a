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
  /** Commits asked for at a time; undefined: all of them. */
  readonly depths: readonly (number | undefined)[];
  read(depth: number | undefined): Promise<History>;
  /** Whether nothing can have come since: then nothing is asked for. */
  isNewest(commit: string): boolean;
}

export function knownPast({ depths, read, isNewest }: ReadPast): KnownPast {
  let history: History | undefined;
  let deeper = 0;
  let lane: Promise<unknown> = Promise.resolve();

  const newest = async (): Promise<History> => {
    const last = history?.commits.at(-1);
    if (history && last && isNewest(last.oid)) return history;
    // A history that was cut or rewritten is read anew, as deep as it was.
    return (await history?.readOn()) ?? (await read(depths[Math.max(0, deeper - 1)]));
  };
  const extend = async (isEnough: (history: History) => boolean): Promise<History | undefined> => {
    try {
      if (history && isEnough(history)) return history;
      deeper = Math.max(1, deeper);
      history = await newest();
      while (!isEnough(history) && !history.isWhole && deeper < depths.length) {
        deeper += 1;
        history = await read(depths[deeper - 1]);
      }
      return history;
    } catch (error) {
      if (error instanceof StoreError && error.code === 'BRANCH_MISSING') return undefined;
      throw error;
    }
  };
  return {
    until: (isEnough) => {
      const turn = lane.then(() => extend(isEnough));
      lane = turn.catch(() => undefined);
      return turn;
    },
  };
}
