/** The tests that the yard remembers: those in quarantine, the flaky ones, and what else failed lately. */
import { testRows } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { flag, option } from '../../parameters.ts';
import { absoluteAddress } from '../../start/address.ts';
import { dim, type Span, warn } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'test list',
  summary: 'tests that failed lately, flaky ones first',
  details:
    'A test is flaky when it failed and passed on the same commit, or went to and fro on one branch. What has passed 30 builds in a row is forgotten.',
  example: 'gityard test list --flaky',
  parameters: {
    flaky: flag('only flaky ones, and those in quarantine'),
    repo: option('url', 'only those of this repository'),
  },
  run: async (context, { flaky, repo }) => {
    const repository = repo && absoluteAddress(repo, context.io.cwd);
    const all = testRows(await context.look(), context.now());
    const rows = all
      .filter((it) => !flaky || it.flaky || it.quarantinedUntil !== null)
      .filter((it) => repository === undefined || it.repository === repository);
    return answer(rows, () =>
      rows.length === 0
        ? [[dim('no tests to tell of')]]
        : table({
            heads: ['test', '', 'failed', 'passed', 'last', 'repository'],
            rows: rows.map((it) => [
              it.name,
              standing(it),
              String(it.failures),
              String(it.passes),
              agoText(it.lastFailedAt, context.now()),
              it.repository,
            ]),
          }),
    );
  },
});

function standing({ flaky, quarantinedUntil }: ReturnType<typeof testRows>[number]): Span {
  if (quarantinedUntil !== null) return warn(`in quarantine until ${quarantinedUntil}`);
  return flaky ? warn('flaky') : '';
}
