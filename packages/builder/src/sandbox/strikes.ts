/**
 * Watches the limits of one cell while its programs run. The first that strikes ends them and is the verdict: a build that
 * met one would fail sooner or later anyway, and a fork bomb would go on for ever.
 */
import { type DiskWatch, watchDisk } from './disk-use.ts';
import type { Limits } from './sandbox.ts';

type Strike = 'memory' | 'processes' | 'disk';

export interface Strikes {
  /** Which limit struck since this was asked last, in words that follow the name of a program. */
  verdict(): Promise<string | null>;
  close(): Promise<void>;
}

export interface Watched {
  readonly limits: Limits;
  readonly writable: readonly string[];
  struck(): Promise<Exclude<Strike, 'disk'> | null>;
  kill(): Promise<void>;
}

const LOOK_EVERY_MS = 250;

export async function watchStrikes(watched: Watched): Promise<Strikes> {
  const { limits, writable, struck, kill } = watched;
  const disk: DiskWatch = await watchDisk(writable, limits.diskBytes);
  let found: Strike | null = null;
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    found ??= (await struck()) ?? ((await disk.isOver()) ? 'disk' : null);
    if (found === null) return;
    await kill();
    // What they were refused while they were killed must not strike the next program.
    await struck();
  };
  /** One after the other: each counts since the one before. */
  const lookNext = () => {
    looking = looking.then(look, look);
    return looking;
  };
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    timer = setTimeout(() => {
      // What cannot be looked at now may be the next time; the programs end by themselves or by their timeout.
      void lookNext().then(again, again);
    }, LOOK_EVERY_MS);
    timer.unref();
  };
  again();
  return {
    async verdict() {
      await lookNext();
      const text = found && WORDS[found](limits);
      found = null;
      return text;
    },
    async close() {
      clearTimeout(timer);
      await looking.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

const WORDS: Readonly<Record<Strike, (limits: Limits) => string>> = {
  memory: ({ memoryBytes }) => `ran out of its memory (limit ${sizeText(memoryBytes)})`,
  processes: ({ processes }) => `reached its ${processes} processes`,
  disk: ({ diskBytes }) => `filled its disk space (limit ${sizeText(diskBytes)})`,
};

/** Units are powers of ten, as in the policy. */
export function sizeText(bytes: number): string {
  const megabytes = Math.floor(bytes / 1e6);
  return megabytes >= 10_000 ? `${Math.floor(megabytes / 1000)} GB` : `${megabytes} MB`;
}
