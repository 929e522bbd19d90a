/**
 * The user that programs of builds become where the agent is root: the one named gityard-build where there is one, and
 * nobody otherwise. Hands folders of a build over to it.
 */
import { execFile } from 'node:child_process';
import { lstat, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface BuildUser {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: BuildUser = { uid: 65534, gid: 65534 };

/** Null where we are no root: then builds are what we are. */
export async function buildUser(passwd = '/etc/passwd'): Promise<BuildUser | null> {
  if (process.getuid?.() !== 0) return null;
  const text = await readFile(passwd, 'utf8').catch(() => '');
  const [, uid, gid] = /^gityard-build:[^:]*:(\d+):(\d+):/m.exec(text) ?? [];
  return uid && gid && uid !== '0' && gid !== '0' ? { uid: Number(uid), gid: Number(gid) } : NOBODY;
}

/**
 * A workspace with all that we laid out in it, kept ones too. A home that is its own already holds only what builds made, and
 * may hold very much.
 */
export async function handOver([workspace, ...homes]: readonly string[], user: BuildUser): Promise<void> {
  const foreign = workspace === undefined ? [] : [workspace];
  for (const home of homes) if ((await lstat(home)).uid !== user.uid) foreign.push(home);
  await giveAll(foreign, user);
}

/** What is ours in it, and nothing else: a new owner is a change, and tools look for changes. The program goes down by open folders: nobody who changes names meanwhile leads it elsewhere. */
export async function giveAll(paths: readonly string[], user: BuildUser): Promise<void> {
  if (paths.length > 0)
    await promisify(execFile)('chown', ['-RhP', '--from=0:0', `${user.uid}:${user.gid}`, '--', ...paths]);
}
