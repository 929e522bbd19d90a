/** The history of the yard: a row for each operation, and one for each commit that a person made. */
import { readLog } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { wholeNumber } from '../parameters.ts';
import { dim, type Line, line } from '../text/lines.ts';

export const command = defineCommand({
  name: 'log',
  summary: 'every operation of the history, newest first',
  example: 'gityard log -n 20',
  parameters: { count: wholeNumber('N', 'at most so many; else all', { short: 'n', minimum: 1 }) },
  run: async (context, { count }) => {
    const rows = await readLog(await context.yard(), count);
    return answer(rows, () => rows.map(drawn));
  },
});

type LogRow = Awaited<ReturnType<typeof readLog>>[number];

function drawn({ commit, at, operation, author, by, subject, reason }: LogRow): Line {
  const who = operation === null ? `by hand, ${author}` : by === null ? null : `by ${by}`;
  const told = who === null ? '' : dim(`  (${who})`);
  return line(dim(`${commit.slice(0, 10)}  ${at}  `), subject, told, reason === null ? '' : dim(`  – ${reason}`));
}
