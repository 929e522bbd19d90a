/** The points to which branches can go back, newest first, and whether their tags are there. */
import { answer, defineCommand } from '../../command.ts';
import { optionalArgument } from '../../parameters.ts';
import { type PointRow, rowsOf } from '../../rollback/points.ts';
import { bad, dim, good, type Span, warn } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'rollback list',
  summary: 'the points to which branches can go back',
  details:
    'A tag that is missing or not recorded is what a crash left behind: gityard rollback tag <job> makes it whole.',
  example: 'gityard rollback list main',
  parameters: { branch: optionalArgument('branch', 'only of this branch') },
  run: async (context, { branch }) => {
    const rows = await rowsOf(await context.yard(), branch);
    return answer(rows, () => (rows.length === 0 ? [[dim('no rollback points')]] : drawn(rows, context.now())));
  },
});

const drawn = (rows: readonly PointRow[], now: string) =>
  table({
    heads: ['tag', 'branch', 'job', 'commit', 'agent', 'built', 'last good', 'state'],
    rows: rows.map((it) => [
      it.tag,
      it.branch ?? '',
      it.job ?? '',
      it.commit?.slice(0, 10) ?? '',
      it.agent ?? '',
      agoText(it.builtAt, now),
      it.lastGood ? good('yes') : '',
      stateSpan(it),
    ]),
  });

function stateSpan({ tagStatus }: PointRow): Span {
  if (tagStatus === 'there' || tagStatus === 'unknown') return '';
  return tagStatus === 'not-recorded' ? warn('not recorded') : bad(`tag ${tagStatus}`);
}
