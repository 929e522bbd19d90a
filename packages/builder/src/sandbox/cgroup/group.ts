/**
 * The control group of one cell: made with its limits, joined by each program before it starts, asked which limit struck,
 * and removed with everything that is still in it. Takes the files of both versions of the kernel's interface.
 */
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sendSignal } from '../../process/kill-marked.ts';
import { startOf } from '../../process/proc.ts';
import type { Limits } from '../sandbox.ts';
import type { GroupParents } from './find-groups.ts';

export interface Group {
  /** A process that writes its id into each of them is in the group, and all that it starts. */
  readonly doors: readonly string[];
  /** Which limit struck since this was asked last. */
  struck(): Promise<'memory' | 'processes' | null>;
  /** How long its programs wanted a processor since this was asked last and got none, by the limit of cores. */
  heldBackMs(): Promise<number>;
  kill(): Promise<void>;
  /** With all that is in it. */
  remove(): Promise<void>;
}

const PERIOD_US = 100_000;
const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 10_000;

/** Names hold who made them, so that those of the dead can be told from those of the living. */
const nameOf = (id: string): string => `gityard-${process.pid}-${bootless(startOf(process.pid))}-${id}`;
const bootless = (started: string | null): string => started?.split(' ')[1] ?? '0';

export async function makeGroup(parents: GroupParents, { id, limits }: { id: string; limits: Limits }): Promise<Group> {
  const files = filesOf(parents, nameOf(id));
  for (const folder of files.folders) await mkdir(folder, { recursive: true });
  await setLimits(files, limits);
  const count = openCounts(files);
  await count();
  return {
    doors: files.folders.map((folder) => join(folder, 'cgroup.procs')),
    struck: count,
    heldBackMs: openHeldBack(files),
    async kill() {
      await killAll(files);
      await limitProcesses(files, limits);
    },
    async remove() {
      await killAll(files);
      for (const folder of files.folders) await rmdir(folder);
    },
  };
}

interface Files {
  readonly folders: readonly string[];
  readonly memory: string;
  readonly pids: string;
  readonly cpu: string;
  readonly version: 1 | 2;
}

function filesOf(parents: GroupParents, name: string): Files {
  if (parents.version === 2) {
    const folder = join(parents.folder, name);
    return { folders: [folder], memory: folder, pids: folder, cpu: folder, version: 2 };
  }
  const { memory, pids, cpu } = parents.folders;
  const own = { memory: join(memory, name), pids: join(pids, name), cpu: join(cpu, name) };
  return { ...own, folders: [...new Set(Object.values(own))], version: 1 };
}

/** Swap would only make the death of a program that eats memory slower; not every kernel counts it. */
async function setLimits({ memory, pids, cpu, version }: Files, limits: Limits): Promise<void> {
  const { memoryBytes, cores } = limits;
  const quotaUs = Math.max(1_000, Math.round(cores * PERIOD_US));
  const optional = (file: string, text: string) => writeFile(file, text).catch(() => undefined);
  await limitProcesses({ pids }, limits);
  if (version === 1) {
    if (memoryBytes > 0) {
      await writeFile(join(memory, 'memory.limit_in_bytes'), String(memoryBytes));
      await optional(join(memory, 'memory.memsw.limit_in_bytes'), String(memoryBytes));
    }
    if (cores > 0) await writeFile(join(cpu, 'cpu.cfs_quota_us'), String(quotaUs));
    return;
  }
  if (memoryBytes > 0) {
    await writeFile(join(memory, 'memory.max'), String(memoryBytes));
    await optional(join(memory, 'memory.swap.max'), '0');
    await optional(join(memory, 'memory.oom.group'), '1');
  }
  if (cores > 0) await optional(join(cpu, 'cpu.max'), `${quotaUs} ${PERIOD_US}`);
}

/** Bubblewrap itself takes two. */
async function limitProcesses({ pids }: Pick<Files, 'pids'>, { processes }: Limits): Promise<void> {
  await writeFile(join(pids, 'pids.max'), processes > 0 ? String(processes + 2) : 'max');
}

function openCounts({ memory, pids, version }: Files): Group['struck'] {
  const before = { memory: 0, processes: 0 };
  return async () => {
    const killed = await counted(join(memory, version === 1 ? 'memory.oom_control' : 'memory.events'), 'oom_kill');
    const refused = await counted(join(pids, 'pids.events'), 'max');
    const struck = killed > before.memory ? 'memory' : refused > before.processes ? 'processes' : null;
    Object.assign(before, { memory: killed, processes: refused });
    return struck;
  };
}

/** Of all processors together. In version 1 it is counted in nanoseconds, under another name. */
function openHeldBack({ cpu, version }: Files): Group['heldBackMs'] {
  const [word, perMs] = version === 1 ? (['throttled_time', 1e6] as const) : (['throttled_usec', 1e3] as const);
  let before = 0;
  return async () => {
    const all = await counted(join(cpu, 'cpu.stat'), word);
    const since = all - before;
    before = all;
    return since / perMs;
  };
}

async function counted(file: string, word: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** First nobody in it may multiply, so that none can be born while the others are killed. */
async function killAll({ folders, pids, version }: Files): Promise<void> {
  await writeFile(join(pids, 'pids.max'), '0').catch(() => undefined);
  if (version === 2) await writeFile(join(pids, 'cgroup.kill'), '1').catch(() => undefined);
  const deadline = performance.now() + PATIENCE_MS;
  for (
    let left = await membersOf(folders);
    left.length > 0 && performance.now() < deadline;
    left = await membersOf(folders)
  ) {
    for (const id of left) sendSignal(id, 'SIGKILL');
    await pause(LOOK_EVERY_MS);
  }
}

async function membersOf(folders: readonly string[]): Promise<number[]> {
  const texts = await Promise.all(folders.map((it) => readFile(join(it, 'cgroup.procs'), 'utf8').catch(() => '')));
  return [...new Set(texts.flatMap((it) => it.split('\n').filter((id) => id !== '')))].map(Number);
}

/** Groups of agents that were killed: what lived in them died with its agent, but nobody took them away. */
export async function removeLeftGroups(parents: GroupParents): Promise<void> {
  const folders = parents.version === 2 ? [parents.folder] : Object.values(parents.folders);
  for (const folder of new Set(folders)) {
    for (const name of await readdir(folder).catch(() => [])) {
      const [, id, started] = /^gityard-(\d+)-(\d+)-/.exec(name) ?? [];
      if (id === undefined || bootless(startOf(Number(id))) === started) continue;
      // Not empty yet: the next start sees to it.
      await rmdir(join(folder, name)).catch(() => undefined);
    }
  }
}
