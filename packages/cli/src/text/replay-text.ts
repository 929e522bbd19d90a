/** Two replays side by side, as people compare them. */
import type { Figures, Quantiles } from '@gityard/domain';
import { dim, type Line, line, warn } from './lines.ts';
import { table } from './table.ts';
import { durationText, plural } from './words.ts';

export interface Replayed {
  readonly since: string;
  readonly leftOut: number;
  /** What the waits really were. */
  readonly observed: Quantiles;
  readonly before: Figures;
  readonly after: Figures;
}

export function replayText({ since, leftOut, observed, before, after }: Replayed): Line[] {
  if (before.jobs === 0) return [[dim(`no job since ${since} has ended after running`)]];
  const rows: readonly (readonly [string, (of: Figures) => string, string])[] = [
    ['agents (slots)', (of) => `${of.agents} (${of.slots})`, ''],
    ['wait, half of the jobs', (of) => seconds(of.waitSeconds.p50), seconds(observed.p50)],
    ['wait, 9 of 10', (of) => seconds(of.waitSeconds.p90), seconds(observed.p90)],
    ['longest wait', (of) => seconds(of.waitSeconds.longest), seconds(observed.longest)],
    ['from first to last', (of) => durationText(of.makespanSeconds * 1000), ''],
    ['busy', (of) => `${Math.round(of.utilisation * 100)} %`, ''],
    ['never started', (of) => (of.neverStarted.count === 0 ? '' : String(of.neverStarted.count)), ''],
  ];
  return [
    line(
      plural(before.jobs, 'job'),
      dim(` since ${since}${leftOut === 0 ? '' : `; ${leftOut} that never ran or run still are left out`}`),
    ),
    [],
    ...table({
      heads: ['', 'as it was', 'before', 'after'],
      rows: rows
        .map(([name, say, really]) => [name, really, say(before), say(after)])
        .filter(([, ...cells]) => cells.some((it) => it !== '')),
    }),
    ...stranded(after),
  ];
}

const stranded = ({ neverStarted: { count, jobs } }: Figures): Line[] =>
  count === 0
    ? []
    : [[], line(warn('no agent of that fleet could run: '), jobs.join(', '), count > jobs.length ? ' …' : '')];

const seconds = (value: Quantiles['p50']): string => (value === null ? '' : durationText(value * 1000));
