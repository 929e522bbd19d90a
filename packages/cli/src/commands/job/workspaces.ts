/** Workspaces of failed builds that this machine keeps, and a way to be rid of them. */
import { join } from 'node:path';
import { failedFolder, removeFailed, runOf } from '@gityard/builder';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { flag, optionalArgument } from '../../parameters.ts';
import { dim, good, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText } from '../../text/words.ts';
import { findKept, type Kept, keptHere } from '../../yard/failed-workspaces.ts';

export const command = defineCommand({
  name: 'job workspaces',
  summary: 'failed workspaces that this machine keeps',
  details: 'Three at most, each for a week. gityard job shell opens one.',
  example: 'gityard job workspaces',
  acts: true,
  parameters: {
    id: optionalArgument('id', 'only this job, or the beginning of its id'),
    remove: flag('remove the one that is named'),
  },
  async run({ io, now, flags: { dryRun } }, { id, remove }) {
    if (remove && id === undefined) throw usageError('--remove needs an <id>', 'gityard job workspaces shows them');
    const kept = id === undefined ? await keptHere(io) : [await findKept(io, id)];
    if (remove && !dryRun) for (const { root, record } of kept) await removeFailed(root, record);
    const rows = kept.map((it) => ({ ...shown(it), removed: remove && !dryRun }));
    return answer(rows, () => {
      if (rows.length === 0) return [[dim('no workspaces are kept')]];
      if (remove) return rows.map((it) => line(good(it.path), dryRun ? ' would be removed' : ' is removed'));
      return table({
        heads: ['job', 'kept', 'why', 'folder'],
        rows: rows.map((it) => [it.id, agoText(it.keptAt, now()), it.reason ?? '', it.path]),
      });
    });
  },
});

function shown({ root, record }: Kept) {
  const { job, token, attempt, agent, keptAt, reason, branch, commit, isolation, secrets } = record;
  const path = join(failedFolder(root), runOf(record));
  return { id: job.id, token, attempt, agent, keptAt, reason, branch, commit, isolation, secrets, path };
}
