/**
 * Where this machine lets us make control groups: below the one that we live in, so that whatever holds for us holds for
 * our builds as well. Version 1 has a tree for each kind of limit, version 2 one for all. Found by what the kernel tells.
 */
import { constants } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Of these three; a kind that is missing here cannot be limited. */
type Kind = 'memory' | 'pids' | 'cpu';
export type GroupParents =
  | { readonly version: 1; readonly folders: Readonly<Record<Kind, string>> }
  | { readonly version: 2; readonly folder: string };

export interface CgroupFacts {
  /** /proc/self/cgroup */
  readonly own: string;
  /** /proc/self/mountinfo */
  readonly mounts: string;
}

/** Undefined: none that we may write. */
export async function findGroups(): Promise<GroupParents | undefined> {
  const [own, mounts] = await Promise.all(
    ['cgroup', 'mountinfo'].map((name) => readFile(`/proc/self/${name}`, 'utf8').catch(() => '')),
  );
  for (const found of parentsIn({ own: own ?? '', mounts: mounts ?? '' })) if (await isUsable(found)) return found;
  return undefined;
}

export function parentsIn({ own, mounts }: CgroupFacts): GroupParents[] {
  const groups = own.split('\n').flatMap((line) => {
    const [, kinds, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return kinds === undefined || path === undefined ? [] : [{ kinds: kinds.split(','), path }];
  });
  const tree = mountsIn(mounts);
  const folderOf = (kind: Kind): string | undefined => {
    const path = groups.find(({ kinds }) => kinds.includes(kind))?.path;
    const mount = tree.find(({ type, options }) => type === 'cgroup' && options.includes(kind));
    return path === undefined || !mount ? undefined : join(mount.folder, below(mount.root, path));
  };
  const [memory, pids, cpu] = [folderOf('memory'), folderOf('pids'), folderOf('cpu')];
  const unified = tree.find(({ type }) => type === 'cgroup2');
  const path = groups.find(({ kinds }) => kinds.join() === '')?.path;
  return [
    ...(memory && pids && cpu ? [{ version: 1, folders: { memory, pids, cpu } } as const] : []),
    ...(unified && path !== undefined
      ? [{ version: 2, folder: join(unified.folder, below(unified.root, path)) } as const]
      : []),
  ];
}

/** In a container the mounted tree may begin at our own group. */
function below(root: string, path: string): string {
  const rest = relative(root, path);
  return rest.startsWith('..') ? '' : rest;
}

interface Mount {
  readonly root: string;
  readonly folder: string;
  readonly type: string;
  readonly options: readonly string[];
}

function mountsIn(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [place = '', kind = ''] = line.split(' - ');
    const [, , , root, folder] = place.split(' ');
    const [type, , options = ''] = kind.split(' ');
    return root && folder && type ? [{ root, folder, type, options: options.split(',') }] : [];
  });
}

async function isUsable(parents: GroupParents): Promise<boolean> {
  if (parents.version === 1) return (await Promise.all(Object.values(parents.folders).map(canWrite))).every(Boolean);
  const has = (await wordsOf(join(parents.folder, 'cgroup.controllers'))) ?? [];
  return (
    ['memory', 'pids'].every((it) => has.includes(it)) && (await canWrite(parents.folder)) && shares(parents.folder)
  );
}

async function canWrite(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    // Not ours, or mounted to be read only.
    return false;
  }
}

/**
 * A group of version 2 hands limits down only while no process is in it. When nobody but us lives here (a unit with
 * Delegate=yes), we move into a group of our own below; other people's processes are left where they are.
 */
async function shares(folder: string): Promise<boolean> {
  const given = (await wordsOf(join(folder, 'cgroup.subtree_control'))) ?? [];
  if (['memory', 'pids'].every((it) => given.includes(it))) return true;
  try {
    const here = (await wordsOf(join(folder, 'cgroup.procs'))) ?? [];
    if (here.some((id) => id !== String(process.pid))) return false;
    const own = join(folder, 'gityard-agent');
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'cgroup.procs'), String(process.pid));
    await writeFile(join(folder, 'cgroup.subtree_control'), '+memory +pids');
    await writeFile(join(folder, 'cgroup.subtree_control'), '+cpu').catch(() => undefined);
    return true;
  } catch {
    // Not delegated to us after all.
    return false;
  }
}

async function wordsOf(path: string): Promise<string[] | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text?.split(/\s+/).filter((it) => it !== '');
}
