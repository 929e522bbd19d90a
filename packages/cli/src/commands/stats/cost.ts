/** What builds cost, by the rates of yard.json, put together by what one asks about. */
import { after, COST_GROUPS, costBy, DAY_MS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { duration, oneOf } from '../../parameters.ts';
import { amountText, costTable, unknownText } from '../../text/cost-text.ts';
import { bold, dim, line } from '../../text/lines.ts';
import { jobsSince } from '../../yard/jobs-since.ts';

const DAYS = 30;

export const command = defineCommand({
  name: 'stats cost',
  summary: 'what builds cost, by project, branch, person, namespace or agent',
  details:
    'The time that agents held builds, attempts that were lost included, by the rates in yard.json ("cost") as they are now. ' +
    'Amounts in JSON are not rounded; null is unknown, which is not nothing.',
  example: 'gityard stats cost --by project --since 30d',
  parameters: {
    by: oneOf(COST_GROUPS, 'else project'),
    since: duration('time', `of this time; else ${DAYS}d`),
  },
  run: async (context, { by = 'project', since: ago = DAYS * DAY_MS }) => {
    const state = await context.look();
    const now = context.now();
    const since = after(now, -ago);
    const told = { by, since, now, ...costBy(state, jobsSince(await context.yard(), since), { by, since, now }) };
    return answer(told, () => [
      line(bold(amountText(told.total)), unknownText(told.total), dim(`  since ${since}`)),
      ...(told.rows.length === 0 ? [] : [[''], ...costTable(by, told.rows)]),
    ]);
  },
});
