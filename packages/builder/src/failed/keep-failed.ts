/**
 * Keeps the workspace of a build that failed, where the job or the agent's owner wishes it: a few of them, for a few days. It is
 * moved out of the way of later builds, so what holds absolute paths in it may have to be made anew.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext, Ending } from '../build-context.ts';
import { isSystemError } from '../build-error.ts';
import { removeTree } from '../remove-tree.ts';
import { noSandbox } from '../sandbox/sandbox.ts';
import { type FailedWorkspace, failedFolder, readRecords, runOf, writeRecord } from './record.ts';

/** How many failed workspaces may lie there, and for how long. */
export interface Keeping {
  readonly most: number;
  readonly days: number;
}

export const KEEPING: Keeping = { most: 3, days: 7 };
const DAY_MS = 86_400_000;
/** A build that was cancelled, or never begun, has nothing to look at. */
const WORTH_A_LOOK: readonly (string | null)[] = ['code', 'timeout', 'infrastructure'];

/** Answers the ending, with where to look in its reason. */
export async function keepFailed(build: BuildContext, root: string, ending: Ending): Promise<Ending> {
  const { job, keepFailed: keeps = false } = build.request;
  const wanted = (job.keepWorkspace || keeps) && ending.status === 'failed' && WORTH_A_LOOK.includes(ending.cause);
  if (!wanted || build.commands.length === 0) return ending;
  try {
    await moveAway(build, root, ending);
    await removeOldFailed(root, KEEPING);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    build.note('warning', `the workspace could not be kept: ${error.message}`);
    return ending;
  }
  const hint = `kept: gityard job shell ${job.id}`;
  build.note('info', `${hint}, on ${build.request.agent}`);
  return { ...ending, reason: ending.reason === null ? hint : `${ending.reason.slice(0, 1_800)}; ${hint}` };
}

async function moveAway(build: BuildContext, root: string, { reason }: Ending): Promise<void> {
  const { request, found, folders } = build;
  const { job, token, attempt, agent } = request;
  const { branch, commit, committedSeconds, environment } = found;
  const target = join(failedFolder(root), runOf({ job, token }));
  await mkdir(failedFolder(root), { recursive: true, mode: 0o700 });
  await removeTree(target);
  await rename(folders.workspace, target);
  const isolation = request.sandbox?.name ?? noSandbox.name;
  await writeRecord(root, {
    schemaVersion: 1,
    ...{ job, token, attempt, agent, reason, branch, commit, committedSeconds, environment, isolation },
    home: folders.home.startsWith(join(folders.workspace, '/')) ? null : folders.home,
    keptAt: new Date().toISOString(),
    secrets: Object.keys(found.secrets),
  });
}

/** The oldest beyond the number, those that are too old, and whatever lies there without a record. Answers what went. */
export async function removeOldFailed(root: string, { most, days }: Keeping): Promise<readonly FailedWorkspace[]> {
  const records = await readRecords(root);
  const since = new Date(Date.now() - days * DAY_MS).toISOString();
  const going = records.filter((it, index) => index >= most || it.keptAt < since);
  const staying = new Set(records.filter((it) => !going.includes(it)).map(runOf));
  for (const name of await readdir(failedFolder(root)).catch(() => []))
    if (!staying.has(name.replace(/\.json$/, ''))) await removeTree(join(failedFolder(root), name));
  return going;
}

export async function removeFailed(root: string, record: FailedWorkspace): Promise<void> {
  await removeTree(join(failedFolder(root), runOf(record)));
  await rm(join(failedFolder(root), `${runOf(record)}.json`), { force: true });
}
