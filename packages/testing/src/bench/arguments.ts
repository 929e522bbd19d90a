/** The command line of the bench, and how long each part of it takes for that. */
import { parseArgs } from 'node:util';

import { MICROS } from './micro/list.ts';
import type { BenchSize } from './micro/micro.ts';
import { VARIANTS, variantNamed } from './variants/list.ts';

export interface BenchOptions {
  readonly variants: readonly string[];
  readonly writers: readonly number[];
  /** How often each cell is measured; every other round runs backwards. More writers than four are measured once. */
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly graceMs: number;
  /** Added by the server to each request; each is a table of its own. */
  readonly delaysMs: readonly number[];
  readonly size: BenchSize;
  /** Names of single figures. */
  readonly rows: readonly string[];
  /** Exit code 1 when a target is missed. */
  readonly isAssert: boolean;
  readonly jsonFile: string | undefined;
}

const ROWS = Object.keys(MICROS);

export const USAGE = `npm run bench -- [options]

  --quick              about a minute: 1 and 4 writers, short cells, fewer single figures
  --full               most of an hour: 1 to 16 writers at 0, 20 and 80 ms, 50,000 heartbeats, 5,000 jobs
  --only <variants>    a comma list of ${VARIANTS.map((it) => it.name).join(', ')}
  --writers <numbers>  a comma list; default 1,4,16
  --seconds <number>   how long each cell is measured
  --delay <ms>         the server lets each request wait so long; a comma list; default 0
  --no-micro           the table of writers alone
  --rows <names>       no table of writers, and of the single figures these: a comma list of
                       ${ROWS.slice(0, 8).join(', ')},
                       ${ROWS.slice(8).join(', ')}
  --json <file>        writes all figures there as well
  --assert             ends with 1 when a target is missed
`;

const USUAL = { size: 'usual', writers: '1,4,16', delay: '0', rounds: 2, warmUpMs: 500, seconds: '4' } as const;
const QUICK = { size: 'quick', writers: '1,4', delay: '0', rounds: 1, warmUpMs: 300, seconds: '1.5' } as const;
const FULL = { ...USUAL, size: 'full', writers: '1,2,4,8,16', delay: '0,20,80' } as const;

export function readArguments(args: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return 'help';

  const base = values.quick ? QUICK : values.full ? FULL : USUAL;
  const only = values.only?.split(',') ?? (values.rows ? [] : VARIANTS.map((it) => it.name));
  return {
    variants: only.map((name) => variantNamed(name).name),
    writers: (values.writers ?? base.writers).split(',').map(positive),
    rounds: base.rounds,
    warmUpMs: base.warmUpMs,
    measureMs: positive(values.seconds ?? base.seconds) * 1000,
    graceMs: 2000,
    delaysMs: (values.delay ?? base.delay).split(',').map(notNegative),
    size: base.size,
    rows: values['no-micro'] ? [] : (values.rows?.split(',').map(rowNamed) ?? ROWS),
    isAssert: values.assert ?? false,
    jsonFile: values.json,
  };
}

const OPTIONS = {
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
  only: { type: 'string' },
  writers: { type: 'string' },
  seconds: { type: 'string' },
  delay: { type: 'string' },
  'no-micro': { type: 'boolean' },
  rows: { type: 'string' },
  json: { type: 'string' },
  assert: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function rowNamed(name: string): string {
  if (Object.hasOwn(MICROS, name)) return name;
  throw new TypeError(`no single figure is called ${name}; there are ${ROWS.join(', ')}`);
}

function notNegative(text: string): number {
  return text === '0' ? 0 : positive(text);
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new TypeError(`"${text}" is not a number above 0`);
}
