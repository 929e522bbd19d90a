/** One rollback point with what was built there. */
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { findPoint, rowsOf } from '../../rollback/points.ts';
import { bold, dim, line } from '../../text/lines.ts';
import { sizeText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'rollback show',
  summary: 'one rollback point, and what was built there',
  example: 'gityard rollback show build-success-main-20260302T120000Z',
  parameters: { tag: argument('tag', 'the tag, or the beginning of its name') },
  run: async (context, { tag: word }) => {
    const yard = await context.yard();
    const { tag, branch } = findPoint(yard.state, word);
    const row = (await rowsOf(yard, branch)).find((it) => it.tag === tag);
    const artifacts = yard.state.manifests.get(row?.job ?? '')?.artifacts ?? [];
    return answer({ ...row, artifacts }, () => [
      [bold(tag)],
      ...Object.entries(row ?? {})
        .filter(([key, value]) => key !== 'tag' && value !== null)
        .map(([key, value]) => line(dim(key.padEnd(15)), String(value))),
      ...artifacts.map((it) =>
        line(dim('artifact'.padEnd(15)), `${it.path} `, dim(`${sizeText(it.sizeBytes)} ${it.sha256}`)),
      ),
    ]);
  },
});
