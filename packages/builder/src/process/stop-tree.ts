/**
 * Ends a program with all its descendants: the process group by signal, those that left the group by the marker in
 * their environment. Without a container or a PID namespace this is the best a plain process can do; a descendant
 * that leaves the group *and* clears its environment gets away, which is what the sandbox is for.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { groupLives, membersOf } from './group-lives.ts';
import { killMarked, sendSignal } from './kill-marked.ts';

const LOOK_EVERY_MS = 50;

export interface StopOptions {
  readonly graceMs: number;
  readonly marker?: string | undefined;
  /** The first process holds the others in their sandbox: at its end they would be killed before they could tidy up. */
  readonly guarded?: boolean | undefined;
}

/** TERM, then patience until the whole group is gone or the grace is over, then KILL. */
export async function stopTree(child: ChildProcess, { graceMs, marker, guarded }: StopOptions): Promise<void> {
  const deadline = performance.now() + graceMs;
  // Not only the leader counts: a shell dies at once while its child is still writing its last file.
  if (guarded && child.pid !== undefined) await askMembers(child.pid);
  else signalGroup(child, 'SIGTERM');
  while ((await isAlive(child)) && performance.now() < deadline) await pause(LOOK_EVERY_MS);
  await killTree(child, marker);
}

async function askMembers(group: number): Promise<void> {
  for (const id of await membersOf(group)) if (id !== group) sendSignal(id, 'SIGTERM');
}

export async function killTree(child: ChildProcess, marker?: string): Promise<void> {
  if (process.platform === 'win32') return killWindowsTree(child);
  signalGroup(child, 'SIGKILL');
  if (marker) await killMarked(marker);
}

async function isAlive(child: ChildProcess): Promise<boolean> {
  const leader = child.exitCode === null && child.signalCode === null;
  return process.platform === 'win32' || child.pid === undefined ? leader : groupLives(child.pid);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  sendSignal(-child.pid, signal);
}

async function killWindowsTree(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const killer = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  await once(killer, 'close');
}
