/** What was accepted on this machine: what waits and why, and what came of it where the yard said no. */
import { answer, type Command, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { bad, dim, good, line, paragraph } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText } from '../../text/words.ts';
import { type SpoolRow, spoolRows } from '../../yard/spool-rows.ts';

export const list: Command = defineCommand({
  name: 'spool list',
  summary: 'what this machine keeps until the remote answers',
  details: 'For every yard. What was refused stays on the list until gityard spool clear.',
  example: 'gityard spool list',
  parameters: {},
  run: async (context) => {
    const rows = await spoolRows(context);
    const now = context.now();
    return answer(rows.map(withoutInput), () =>
      rows.length === 0
        ? [[good('nothing waits')]]
        : table({
            heads: ['id', 'what', 'about', 'now', 'since', 'yard', 'why'],
            rows: rows.map((it) => [
              it.id,
              it.operation,
              it.about,
              it.state === 'refused' ? bad(it.state) : it.state,
              agoText(it.since, now),
              it.yard,
              it.reason ?? '',
            ]),
          }),
    );
  },
});

const withoutInput = ({ input: _, ...row }: SpoolRow): Omit<SpoolRow, 'input'> => row;

export const show: Command = defineCommand({
  name: 'spool show',
  summary: 'one thing that waits, as it was asked for',
  example: 'gityard spool show 01k9x',
  parameters: { id: argument('id', 'its id in the spool, or the beginning of it') },
  run: async (context, { id }) => {
    const found = (await spoolRows(context)).filter((it) => it.id.startsWith(id.toLowerCase()));
    const [row] = found;
    if (!row) throw new CliError('NOT_FOUND', `nothing in the spool has the id ${id}`, { hint: 'gityard spool list' });
    if (found.length > 1)
      throw new CliError('AMBIGUOUS_ID', `${found.length} begin with ${id}`, { hint: 'gityard spool list' });
    return answer(row, () => [
      line(
        row.operation,
        ' ',
        row.about,
        ' ',
        row.state === 'refused' ? bad('refused') : 'waiting',
        ' since ',
        row.since,
      ),
      line(dim(`for ${row.yard}${row.reason === null ? '' : `; ${row.reason}`}`)),
      ...paragraph(JSON.stringify(row.input, null, 2)),
    ]);
  },
});
