/** The command line of the bench, and how long each part of it takes for that. */
import { parseArgs } from 'node:util';

import { VARIANTS, variantNamed } from './variants/list.ts';

export interface BenchOptions {
  readonly variants: readonly string[];
  readonly writers: readonly number[];
  /** How often each cell is measured; every other round runs backwards. More writers than four are measured once. */
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly graceMs: number;
  /** Added by the server to each request. */
  readonly delayMs: number;
  readonly hasMicro: boolean;
  /** Exit code 1 when a target is missed. */
  readonly isAssert: boolean;
  readonly jsonFile: string | undefined;
}

export const USAGE = `npm run bench -- [options]

  --quick              about half a minute: 1 and 4 writers, short cells, fewer single figures
  --only <variants>    a comma list of ${VARIANTS.map((it) => it.name).join(', ')}
  --writers <numbers>  a comma list; default 1,4,16
  --seconds <number>   how long each cell is measured
  --delay <ms>         the server lets each request wait so long; default 0
  --no-micro           the table of writers alone
  --json <file>        writes all figures there as well
  --assert             ends with 1 when a target is missed
`;

const FULL = { writers: '1,4,16', rounds: 2, warmUpMs: 500, seconds: '6' };
const QUICK = { writers: '1,4', rounds: 1, warmUpMs: 300, seconds: '1.5' };

export function readArguments(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return 'help';

  const base = values.quick ? QUICK : FULL;
  const only = values.only?.split(',') ?? VARIANTS.map((it) => it.name);
  return {
    variants: only.map((name) => variantNamed(name).name),
    writers: (values.writers ?? base.writers).split(',').map(positive),
    rounds: base.rounds,
    warmUpMs: base.warmUpMs,
    measureMs: positive(values.seconds ?? base.seconds) * 1000,
    graceMs: 2000,
    delayMs: values.delay === undefined ? 0 : positive(values.delay),
    hasMicro: !values['no-micro'],
    isAssert: values.assert ?? false,
    jsonFile: values.json,
  };
}

const OPTIONS = {
  quick: { type: 'boolean' },
  only: { type: 'string' },
  writers: { type: 'string' },
  seconds: { type: 'string' },
  delay: { type: 'string' },
  'no-micro': { type: 'boolean' },
  json: { type: 'string' },
  assert: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new TypeError(`"${text}" is not a number above 0`);
}
