/**
 * The two ways in which a cell behind bubblewrap is limited: by a control group, which counts exactly and forgets nobody; and
 * where we may make none, by limits of each process and by adding up what its descendants use, now and then.
 */
import { readdir, readFile } from 'node:fs/promises';
import { sendSignal } from '../../process/kill-marked.ts';
import { startOf } from '../../process/proc.ts';
import type { BuildUser } from '../build-user.ts';
import type { GroupParents } from '../cgroup/find-groups.ts';
import { makeGroup } from '../cgroup/group.ts';
import type { Limits } from '../sandbox.ts';
import type { CellParts, Keeper } from './cell.ts';

export function byGroup(parents: GroupParents): CellParts['keeperFor'] {
  return async (request) => {
    const { doors, struck, heldBackMs, kill, remove } = await makeGroup(parents, request);
    const prefix = ['/usr/bin/prlimit', ...core(request.limits.diskBytes), '--'];
    return { doors, prefix, started: () => undefined, struck, heldBackMs, kill, close: remove };
  };
}

/** The size of one file, and no memory dumps: those would fill the disk with what we keep secret. */
const core = (diskBytes: number): string[] => ['--core=0', `--fsize=${diskBytes}`];

/** One process may ask for more than all may use: then it is ended by our look, with a reason, and not told "no" without one. */
const ROOM = 2;

/**
 * The kernel counts processes within a user namespace, and without one all of the same user, those of neighbours too: then it
 * only stops what multiplies faster than we look.
 */
const mostProcesses = ({ processes }: Limits, user: BuildUser | null): number =>
  user ? processes * ROOM + NEIGHBOURS : processes;
const NEIGHBOURS = 4096;

export function byLooking(user: BuildUser | null): CellParts['keeperFor'] {
  return async ({ limits }) => {
    const { memoryBytes, processes, diskBytes } = limits;
    const leaders = new Map<number, string | null>();
    const most = [`--nproc=${mostProcesses(limits, user)}`, `--data=${memoryBytes * ROOM}`];
    const kill: Keeper['kill'] = async () => {
      for (const [id, started] of leaders) if (startOf(id) === started) sendSignal(id, 'SIGKILL');
    };
    return {
      doors: [],
      prefix: ['/usr/bin/prlimit', ...core(diskBytes), ...most, '--'],
      started: (id) => void leaders.set(id, startOf(id)),
      async struck() {
        for (const [id, started] of leaders) if (startOf(id) !== started) leaders.delete(id);
        const { bytes, count } = await weighed([...leaders.keys()]);
        // Many small ones weigh too much as well, because what they share is weighed once for each.
        if (count >= processes) return 'processes';
        return bytes > memoryBytes ? 'memory' : null;
      },
      kill,
      close: kill,
    };
  };
}

const PAGE_BYTES = 4096;

/** All descendants: in a namespace of their own orphans stay below its first process. Shared pages count for each. */
async function weighed(leaders: readonly number[]): Promise<{ bytes: number; count: number }> {
  if (leaders.length === 0) return { bytes: 0, count: 0 };
  const children = new Map<number, { id: number; pages: number }[]>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const parent = Number(fields[1]);
    const siblings = children.get(parent) ?? [];
    siblings.push({ id: Number(name), pages: Number(fields[21]) });
    children.set(parent, siblings);
  }
  let [bytes, count] = [0, 0];
  const waiting = [...leaders];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const child of children.get(id) ?? []) {
      bytes += child.pages * PAGE_BYTES;
      count += 1;
      waiting.push(child.id);
    }
  }
  return { bytes, count };
}
