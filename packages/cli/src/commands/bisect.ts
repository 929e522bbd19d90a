/** The first commit of the state at which something is so. */
import { isSo, readExpression } from '@gityard/domain';
import { type Bisected, bisect } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { flag, option } from '../parameters.ts';
import { bold, dim, type Line, line, warn } from '../text/lines.ts';

export const command = defineCommand({
  name: 'bisect',
  summary: 'the first commit at which something is so',
  details:
    'Halves the history, and so believes that what became so stayed so; --linear believes nothing and looks at every ' +
    'commit. An expression compares job.<id>.<field>, agent.<id>.<field>, lock.<name>.<field>, message.<id>.<field>, ' +
    'yard.<setting>, jobs.<status|open|stuck|oldestWaitSeconds>, agents.<mode>, locks.held, queue.files or broken.files by ' +
    '== != < <= > >=, joined by and, or, not. Exits 1 when it is not so.',
  example: 'gityard bisect --when "jobs.queued > 10 and agent.build1.mode == draining"',
  parameters: {
    when: option('expression', 'what to look for'),
    linear: flag('look at every commit, oldest first'),
  },
  run: async (context, { when, linear }) => {
    if (when === undefined) throw usageError('--when is missing', 'give what to look for: --when "jobs.queued > 10"');
    const read = readExpression(when);
    if (!read.ok)
      throw usageError(`--when cannot be read: ${read.reason}`, 'gityard bisect --help tells what can be asked');
    const way = linear ? 'linear' : 'halving';
    const found = await bisect(await context.yard(), {
      isSo: (state, now) => isSo(read.expression, state, now),
      way,
    });
    const value = { expression: when, way, assumesMonotone: !linear, ...found };
    return answer(value, () => drawn(found, { linear }), found.commit === null ? 1 : 0);
  },
});

function drawn(
  { commit, at, subject, author, before, commits, looked }: Bisected,
  { linear }: { linear: boolean },
): Line[] {
  const size = dim(`looked at ${looked} of ${commits} commits`);
  if (commit === null)
    return [
      line(warn(linear ? 'it never was so' : 'it is not so now'), '  ', size),
      ...(linear ? [] : [[dim('was it so for a while? --linear looks at every commit')]]),
    ];
  return [
    line(bold(commit), `  ${at}`),
    line(subject ?? '', dim(`  (${author})`)),
    line(
      dim(
        before === null
          ? 'so since the first commit that is known'
          : `not so at ${before.slice(0, 10)}, the one before`,
      ),
    ),
    line(size, dim(linear ? '' : ', taking it that what became so stayed so')),
  ];
}
