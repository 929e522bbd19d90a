/** The command line of the soak. */
import { parseArgs } from 'node:util';

import { UsageError } from '../usage.ts';

export interface SoakOptions {
  readonly first: number;
  /** Infinity: as many as fit into the minutes. */
  readonly count: number;
  readonly minutes: number;
  /** Prints everything that happens. */
  readonly isVerbose: boolean;
}

export const USAGE = `npm run soak -- [options]

  --seeds <number>     how many simulated yards; default 200
  --minutes <number>   as many as fit, or as --seeds says; one that has begun is ended
  --from <number>      the first seed; default 1
  --seed <number>      this one alone
  --verbose            prints everything that happens, for one seed
  --help

Real processes, disks and sockets are tormented by programs of their own:

  npm run chaos -- --seconds 90    agents killed, frozen, cut off, their disks full and their files damaged
  npm run chaos -- --outage 600    a remote that is away for ten real minutes while builds end
  npm run chaos -- --help
`;

export function readArguments(args: readonly string[]): SoakOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return 'help';
  const isVerbose = values.verbose ?? false;
  if (values.seed !== undefined) return { first: whole(values.seed), count: 1, minutes: NO_END, isVerbose };
  const minutes = values.minutes === undefined ? NO_END : whole(values.minutes);
  const seeds = values.seeds ?? (minutes === NO_END ? '200' : undefined);
  const count = seeds === undefined ? NO_END : whole(seeds);
  return { first: whole(values.from ?? '1'), count, minutes, isVerbose };
}

const NO_END = Number.POSITIVE_INFINITY;

export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let at = 0; at < count; at++) yield first + at;
}

const OPTIONS = {
  seeds: { type: 'string' },
  minutes: { type: 'string' },
  from: { type: 'string' },
  seed: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${text} is no whole number`);
}
