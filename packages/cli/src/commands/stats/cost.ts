/** What builds cost, by the rates of yard.json, put together by what one asks about. */
import { after, COST_GROUPS, costBy, DAY_MS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { oneOf, option } from '../../parameters.ts';
import { readTime } from '../../past/when.ts';
import { amountText, costTable, unknownText } from '../../text/cost-text.ts';
import { bold, dim, line } from '../../text/lines.ts';
import { jobsSince } from '../../yard/jobs-since.ts';

const DAYS = 30;

export const command = defineCommand({
  name: 'stats cost',
  summary: 'what builds cost, by project, branch, person, namespace or agent',
  details:
    'The time that agents held builds, attempts that were lost included, by the rates in yard.json ("cost"); what ran before ' +
    'they changed, by those that "former" has for its time. Days begin at midnight UTC. ' +
    'Amounts in JSON are not rounded; null is unknown, which is not nothing.',
  example: 'gityard stats cost --by project --since 2026-03-01 --until 2026-04-01',
  parameters: {
    by: oneOf(COST_GROUPS, 'else project'),
    since: option('time', `from then on: a time, or how long ago; else ${DAYS}d`),
    until: option('time', 'only before then; else until now'),
  },
  run: async (context, { by = 'project', ...asked }) => {
    const state = await context.look();
    const now = asked.until === undefined ? context.now() : readTime(asked.until, context.now());
    const since = asked.since === undefined ? after(now, -DAYS * DAY_MS) : readTime(asked.since, context.now());
    const told = { by, since, now, ...costBy(state, jobsSince(await context.yard(), since), { by, since, now }) };
    const span = `since ${since}${asked.until === undefined ? '' : `, until ${now}`}`;
    if (told.rows.length === 0) return answer(told, () => [[dim(`nothing was built ${span}`)]]);
    return answer(told, () => [
      line(bold(amountText(told.total)), unknownText(told.total), dim(`  ${span}`)),
      [''],
      ...costTable(by, told.rows),
    ]);
  },
});
