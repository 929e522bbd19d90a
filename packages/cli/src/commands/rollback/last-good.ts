/** The last good build of a branch. */
import { rollbackOf } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, option } from '../../parameters.ts';
import { dim, good, line } from '../../text/lines.ts';
import { agoText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'rollback last-good',
  summary: 'the last good build of a branch',
  details:
    'Of all repositories with such a branch the newest, unless one is named. With rollback.automatic in yard.json every job that succeeds is one.',
  example: 'gityard rollback last-good main',
  parameters: {
    branch: argument('branch', 'the branch'),
    repo: option('url', 'of this repository'),
  },
  run: async (context, { branch, repo }) => {
    const { state } = await context.yard();
    const { lastGood, points } = rollbackOf(state, branch);
    const build = lastGood.find((it) => repo === undefined || it.repository === repo);
    if (!build)
      throw new CliError('NOT_FOUND', `no good build of ${branch} is known`, {
        hint: 'gityard rollback tag <job> tells of one',
      });
    const tag = points.find((it) => it.job === build.job)?.tag ?? null;
    return answer({ branch, ...build, tag }, () => [
      line(good(build.job), ` of ${branch} `, build.commit ?? '', dim(` ${agoText(build.builtAt, context.now())}`)),
      line(tag ?? dim('no tag: gityard rollback tag makes one')),
    ]);
  },
});
