/**
 * Where everything of one build lies below the agent's build root. A build may write in its workspace and its home;
 * mirrors, artifacts and logs are ours alone, so they are never below a folder that a build can reach by a relative name.
 */
import assert from 'node:assert/strict';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

export interface Folders {
  /** Unique on this machine, and safe as a file name. */
  readonly id: string;
  readonly mirrors: string;
  /** The parent of all that this build may write, removed at its end. */
  readonly workspace: string;
  /** The checked-out tree: GITYARD_WORKSPACE and the working folder of every command. */
  readonly source: string;
  /** GITYARD_ARTIFACTS: what a build puts here is collected. */
  readonly staging: string;
  readonly reports: string;
  readonly temporary: string;
  /** Git's index of the checkout: beside the workspace, so that no build can prepare it. */
  readonly index: string;
  readonly home: string;
  readonly artifacts: string;
  readonly log: string;
}

const SAFE_NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** The build root without links, so that a link found later is known to be a build's. */
export async function realRoot(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await realpath(folder);
  } catch {
    // Making the folders of the build fails for the same reason, and there it is told.
    return resolve(folder);
  }
}

export function foldersOf({ root, job, token }: { root: string; job: string; token: number }): Folders {
  assert(
    SAFE_NAME.test(job) && Number.isSafeInteger(token),
    'a job has passed its schema before it reaches the builder',
  );
  const run = `${job}-${token}`;
  const workspace = join(root, 'workspaces', run);
  return {
    id: run,
    mirrors: join(root, 'mirrors'),
    workspace,
    source: join(workspace, 'source'),
    staging: join(workspace, 'artifacts'),
    reports: join(workspace, 'reports'),
    temporary: join(workspace, 'tmp'),
    index: join(root, 'workspaces', `${run}.index`),
    home: join(root, 'home'),
    artifacts: join(root, 'artifacts', job, String(token)),
    log: join(root, 'logs', `${run}.log`),
  };
}

/** Whatever a killed daemon left of the same run is removed first: a build always starts from nothing. */
export async function makeFolders(folders: Folders): Promise<void> {
  const { workspace, index, source, staging, reports, temporary } = folders;
  await Promise.all([workspace, index].map((path) => rm(path, { recursive: true, force: true })));
  await makeSharedFolders(folders);
  await Promise.all([source, staging, reports, temporary].map((path) => mkdir(path, { recursive: true })));
}

/** Those that are nobody's workspace. */
export async function makeSharedFolders({ home, mirrors, artifacts, log }: Folders): Promise<void> {
  await Promise.all([artifacts, log].map((path) => rm(path, { recursive: true, force: true })));
  await Promise.all([home, mirrors, dirname(log)].map((path) => mkdir(path, { recursive: true })));
}
