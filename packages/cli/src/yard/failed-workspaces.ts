/**
 * Workspaces of failed builds on this machine, those of its agent and those of `gityard run`, by the beginning of the job's id.
 * The newest attempt of a job is the one meant.
 */
import { join } from 'node:path';
import { buildFolder } from '@gityard/agent';
import { type FailedWorkspace, readRecords } from '@gityard/builder';
import { CliError } from '../errors.ts';
import type { Io } from '../start/io.ts';
import { homePath } from '../start/user-config.ts';

export interface Kept {
  /** Of the builds that it was one of. */
  readonly root: string;
  readonly record: FailedWorkspace;
}

/** Apart from what an agent builds: it sweeps its own folder when it starts. */
export const runFolder = ({ env }: Io): string => join(homePath(env), 'run');

export async function keptHere(io: Io): Promise<readonly Kept[]> {
  const roots = [buildFolder(homePath(io.env)), runFolder(io)];
  const kept = await Promise.all(
    roots.map(async (root) => (await readRecords(root)).map((record) => ({ root, record }))),
  );
  return kept.flat().sort((a, b) => (a.record.keptAt > b.record.keptAt ? -1 : 1));
}

export async function findKept(io: Io, id: string): Promise<Kept> {
  const found = (await keptHere(io)).filter(({ record }) => record.job.id.startsWith(id));
  const ids = new Set(found.map(({ record }) => record.job.id));
  if (ids.size > 1)
    throw new CliError('AMBIGUOUS_ID', `${ids.size} kept workspaces begin with ${id}`, {
      hint: `write more of it: ${[...ids].join(', ')}`,
    });
  const [newest] = found;
  if (newest) return newest;
  throw new CliError('NOT_FOUND', `no workspace of ${id} is kept in ${homePath(io.env)}`, {
    hint: 'it is kept where it was built, for job add --keep-workspace or agent run --keep-failed; gityard job workspaces shows those of this machine',
  });
}
