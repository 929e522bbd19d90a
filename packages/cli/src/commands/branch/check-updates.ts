/** Looks for new commits of the branches that are built by themselves, now; agents do the same every quarter of an hour. */
import type { CheckedBranch } from '@gityard/agent';
import { answer, defineCommand } from '../../command.ts';
import { homePath } from '../../start/user-config.ts';
import { bad, dim, good, type Span, warn } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { performed } from '../../yard/act.ts';

const REMOTE_FAILED = 5;

export const command = defineCommand({
  name: 'branch check-updates',
  summary: 'jobs for new commits, now',
  details:
    'Asks each repository once, with git and its logins, and clones nothing. Exits 5 when one could not be asked; the others ' +
    'are looked at all the same.',
  example: 'gityard branch check-updates --dry-run',
  acts: true,
  parameters: {},
  run: async (context) => {
    const { checkBranches } = await import('@gityard/agent');
    const { id: by } = await context.identity();
    const { state } = await context.yard();
    const checked = await checkBranches({
      state,
      home: homePath(context.io.env),
      by,
      stop: context.interruption(),
      now: context.now,
      perform: (input) => performed(context, 'build-branch', input),
    });
    const exitCode = checked.some((it) => it.state === 'failed') ? REMOTE_FAILED : 0;
    return answer(checked, () => drawn(checked), exitCode);
  },
});

const drawn = (checked: readonly CheckedBranch[]) =>
  checked.length === 0
    ? [[dim('no branch is built by itself; gityard branch add <name> <repo> 5 true')]]
    : table({
        heads: ['NAME', 'COMMIT', '', ''],
        rows: checked.map((it) => [it.name, it.commit?.slice(0, 10) ?? '', stateSpan(it.state), it.text]),
      });

function stateSpan(state: CheckedBranch['state']): Span {
  if (state === 'built') return good(state);
  if (state === 'skipped') return warn(state);
  return state === 'failed' ? bad(state) : dim(state);
}
