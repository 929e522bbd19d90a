/** What past builds say as a whole. */
import { historyOf, type Statistics, statisticsOf, type Tally } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { bold, dim, type Line, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { durationText, plural } from '../../text/words.ts';
import { knownRecords } from '../../yard/known-records.ts';

export const command = defineCommand({
  name: 'predict stats',
  summary: 'builds by agent, hour, day and branch',
  details: 'Hours and days are those of UTC. Speed compares an agent with all that built the same: 2 = twice as long.',
  example: 'gityard predict stats --json',
  parameters: {},
  run: async (context) => {
    const state = await context.look();
    const statistics = statisticsOf(historyOf(knownRecords(context, state)));
    return answer(statistics, () => drawn(statistics));
  },
});

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function drawn(told: Statistics): Line[] {
  const { builds, from, to, queuedP50, byAgent, byHour, byDay, byBranch } = told;
  if (builds === 0) return [[dim('no builds are known')]];
  return [
    line(bold(plural(builds, 'build')), dim(`  ${from} to ${to}`)),
    line(`${percent(told)} succeeded`, queuedP50 === null ? '' : dim(`, waiting about ${timeText(queuedP50)} before`)),
    [''],
    ...rows(
      'AGENT',
      byAgent,
      (it) => it.agent,
      (it) => (it.speed === null ? '' : `× ${it.speed}`),
    ),
    [''],
    ...rows('BRANCH', byBranch, (it) => `${it.branch ?? '-'} ${it.repository ?? ''}`),
    [''],
    ...rows('HOUR (UTC)', byHour, (it) => `${String(it.hour).padStart(2, '0')}:00`),
    [''],
    ...rows('DAY', byDay, (it) => DAYS[it.day] ?? ''),
  ];
}

function rows<R extends Tally>(head: string, all: readonly R[], name: (row: R) => string, more = (_: R) => ''): Line[] {
  return table({
    heads: [head, 'BUILDS', 'SUCCEEDED', 'P50', 'P90', 'SPEED'],
    rows: all.map((it) => [name(it), String(it.builds), percent(it), timeText(it.p50), timeText(it.p90), more(it)]),
  });
}

const percent = ({ successRate }: Tally): string => (successRate === null ? '-' : `${Math.round(successRate * 100)} %`);
const timeText = (seconds: number | null): string => (seconds === null ? '-' : durationText(seconds * 1000));
