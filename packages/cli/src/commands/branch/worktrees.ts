/** A folder for each enabled branch, from one clone for each repository. Changes this machine alone. */
import { resolve } from 'node:path';
import { branchOf, profilesOf } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { bad, dim, good } from '../../text/lines.ts';
import { table } from '../../text/table.ts';

export const command = defineCommand({
  name: 'branch worktrees',
  summary: 'a folder for each enabled branch',
  details: 'What is there already stays as it is. Exits 1 when a branch got none.',
  example: 'gityard branch worktrees ~/work',
  parameters: { dir: argument('dir', 'where the folders go') },
  run: async (context, { dir }) => {
    const { setUpWorktrees } = await import('@gityard/builder');
    const profiles = profilesOf((await context.yard()).state).filter((it) => it.enabled);
    const wanted = profiles.map((it) => ({
      name: it.name,
      repository: it.repository,
      branch: branchOf(it),
      folder: it.worktree ?? it.name.replaceAll('/', '-'),
    }));
    const twice = wanted.find((it, at) => wanted.findIndex(({ folder }) => sameFolder(folder, it.folder)) !== at);
    if (twice)
      throw usageError(
        `two branches would have the folder ${twice.folder}`,
        `give one another: gityard branch add ${twice.name} ${twice.repository} --worktree <folder>`,
      );
    const done = await setUpWorktrees(resolve(context.io.cwd, dir), wanted, context.interruption());
    const isWhole = done.every((it) => it.state === 'made' || it.state === 'kept');
    return answer(
      done,
      () =>
        done.length === 0
          ? [[dim('no branch is enabled')]]
          : table({
              heads: ['NAME', '', 'PATH', ''],
              rows: done.map((it) => [
                it.name,
                it.state === 'made' ? good(it.state) : it.state === 'kept' ? dim(it.state) : bad(it.state),
                it.path,
                it.text,
              ]),
            }),
      isWhole ? 0 : 1,
    );
  },
});

/** Some file systems know no difference. */
const sameFolder = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
