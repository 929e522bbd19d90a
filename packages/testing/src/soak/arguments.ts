/** The command line of the soak. */
import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly seeds: readonly number[];
  /** Prints everything that happens. */
  readonly isVerbose: boolean;
}

export const USAGE = `npm run soak -- [options]

  --seeds <number>     how many simulated yards; default 200
  --from <number>      the first seed; default 1
  --seed <number>      this one alone
  --verbose            prints everything that happens, for one seed
  --help

Real processes are tormented by a program of their own: npm run chaos -- --help
`;

export function readArguments(args: readonly string[]): SoakOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return 'help';
  const isVerbose = values.verbose ?? false;
  if (values.seed !== undefined) return { seeds: [whole(values.seed)], isVerbose };
  return { seeds: seedsFrom(whole(values.from ?? '1'), whole(values.seeds ?? '200')), isVerbose };
}

export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

const OPTIONS = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  seed: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`${text} is no whole number`);
}
