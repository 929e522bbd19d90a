/** For each commit that was built more than once: how many of its builds agree. Exits 1 when not all of them do. */
import { ledger } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { option } from '../../parameters.ts';
import { bad, bold, dim, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'compare ledger',
  summary: 'which builds of a commit agree, k of n',
  details: 'Builds of one agent count as well as those of many. Exits 1 when an artifact was not made alike by all.',
  example: 'gityard compare ledger --branch main',
  parameters: {
    branch: option('name', 'only of this branch'),
    commit: option('hash', 'only of this commit, or a beginning of it'),
  },
  run: async (context, { branch, commit }) => {
    const entries = ledger((await context.yard()).state, { branch, commit });
    const isClean = entries.every((it) => it.reproducible);
    const lines = () =>
      entries.flatMap((entry) => [
        line(
          bold(entry.commit.slice(0, 10)),
          ` ${entry.branch ?? ''} ${plural(entry.builds.length, 'build')} `,
          entry.reproducible ? good('agree') : bad('differ'),
          dim(entry.repository === null ? '' : ` ${entry.repository}`),
        ),
        ...entry.artifacts
          .filter((it) => !entry.reproducible || it.agree < it.of)
          .map((it) => line('  ', it.agree === it.of ? it.text : bad(it.text))),
      ]);
    return answer(
      entries,
      () => (entries.length === 0 ? [[dim('no commit was built more than once')]] : lines()),
      isClean ? 0 : 1,
    );
  },
});
