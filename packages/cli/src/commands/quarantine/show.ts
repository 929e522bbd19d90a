/** One broken file: what it said, what is wrong with it, and what is in force in its place. */
import { quarantineIdOf } from '@gityard/domain';
import { problemsWithAuthors, type Yard } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { dim, type Line, line, paragraph } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'quarantine show',
  summary: 'what a broken file said, and what became of it',
  example: 'gityard quarantine show yard.json',
  parameters: { file: argument('file', 'its path in the yard') },
  run: async (context, { file }) => {
    const yard = await context.yard();
    const problem = (await problemsWithAuthors(yard)).findLast((it) => it.path === file);
    if (!problem) throw new CliError('NOT_FOUND', `${file} is not broken`, { hint: 'gityard quarantine list' });
    const content = contentOf(yard, problem);
    const { reason, restored, author, seenAt } = problem;
    const head: Line[] = [
      line(file, problem.line === null ? ' ' : `:${problem.line} `, reason),
      line(dim(`${author ?? 'somebody'}, ${seenAt ?? 'some time ago'}; object ${problem.blob}`)),
      line(restored ? 'The last valid version is in force again.' : 'It is not in force as it is now.'),
    ];
    const said = content === null ? [line(dim('too large to be shown'))] : paragraph(content);
    return answer({ ...problem, content }, () => [...head, [''], ...said]);
  },
});

/** From its record, or from where it still lies. Bytes that are no text are shown as base64. */
function contentOf(yard: Yard, file: { path: string; blob: string; restored: boolean }): string | null {
  const record = yard.state.quarantine.get(quarantineIdOf(file));
  if (record) return record.content;
  const bytes = yard.read(file.path);
  return bytes ? new TextDecoder().decode(bytes.subarray(0, 256_000)) : null;
}
