/** What this machine has left: room and files on its disks, memory, what one program may open, a time zone that is one. */

import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { freemem, tmpdir, totalmem } from 'node:os';
import type { Context } from '../context.ts';
import { homePath } from '../start/user-config.ts';
import { sizeText } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';
import { nearestFolder } from './machine.ts';

const SPACE_FLOOR_BYTES = 1e9;
const INODE_FLOOR = 10_000;

/** Of the home, and of its builds where they are on a disk of their own. */
export async function checkDisk({ io }: Context): Promise<Finding> {
  const { buildFolder } = await import('@gityard/agent');
  const home = homePath(io.env);
  const folders = [home, buildFolder(home)];
  const found = await Promise.all(folders.map((it) => roomAt(it, SPACE_FLOOR_BYTES)));
  return found.find((it) => !it.ok) ?? (found[0] as Finding);
}

const TEMPORARY_FLOOR_BYTES = 1e8;

export async function checkTemporary({ io }: Context): Promise<Finding> {
  const folder = io.env.TMPDIR ?? tmpdir();
  try {
    await access(folder, constants.W_OK);
  } catch {
    return wrong(`${folder} cannot be written`, 'set TMPDIR to a folder that can');
  }
  return roomAt(folder, TEMPORARY_FLOOR_BYTES);
}

async function roomAt(path: string, floorBytes: number): Promise<Finding> {
  const folder = await nearestFolder(path);
  const { bavail, bsize, ffree, files } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const text = `${folder} has ${sizeText(freeBytes)} free`;
  if (freeBytes < floorBytes)
    return wrong(
      text,
      `free some space: ${sizeText(floorBytes)} are needed; gityard artifact cleanup all, gityard cache clear`,
    );
  // Some file systems count no files, and say 0 of 0.
  if (files > 0 && ffree < INODE_FLOOR)
    return wrong(`${folder} has room for ${ffree} more files only`, 'remove small files: df -i shows the disk');
  return fine(text);
}

const MEMORY_FLOOR = 0.05;

/** `place` for specs: to use up the memory of a machine would end others' programs. */
export async function checkMemory(_context?: unknown, _signal?: unknown, place = '/proc/meminfo'): Promise<Finding> {
  const [total, free] = [totalmem(), await availableMemory(place)];
  const text = `${sizeText(free)} of ${sizeText(total)} free`;
  return free / total >= MEMORY_FLOOR
    ? fine(text)
    : doubtful(text, 'end some programs, or give this agent fewer builds at once: gityard agent run --slots 1');
}

/** What caches hold is free for whoever asks for it; of Node's own figure that depends on its version. */
async function availableMemory(place: string): Promise<number> {
  const text = await readFile(place, 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
}

const OPEN_FILES_FLOOR = 1024;
const PROCESSES_FLOOR = 512;

/** Linux tells every process its limits as a file. */
export async function checkLimits(): Promise<Finding> {
  const text = await readFile('/proc/self/limits', 'utf8').catch(() => undefined);
  if (text === undefined) return skipped('this system does not tell');
  const files = limitIn(text, 'Max open files');
  const processes = limitIn(text, 'Max processes');
  const told = `${wordOf(files)} open files, ${wordOf(processes)} processes`;
  if (files < OPEN_FILES_FLOOR)
    return doubtful(told, `ulimit -n ${OPEN_FILES_FLOOR * 4}, or LimitNOFILE of the service`);
  if (processes < PROCESSES_FLOOR)
    return doubtful(told, `ulimit -u ${PROCESSES_FLOOR * 8}, or TasksMax of the service`);
  return fine(told);
}

function limitIn(text: string, name: string): number {
  const soft = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(text)?.[1] ?? 'unlimited';
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}

const wordOf = (limit: number): string => (Number.isFinite(limit) ? String(limit) : 'any number of');

/** A zone that nobody knows is taken for UTC without a word. */
export async function checkTimeZone({ io }: Context): Promise<Finding> {
  const zone = io.env.TZ;
  if (zone === undefined || zone === '') return fine(Intl.DateTimeFormat().resolvedOptions().timeZone);
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone.replace(/^:/, '') });
    return fine(zone);
  } catch {
    return doubtful(`TZ=${zone} is no time zone, and counts as UTC`, 'write it as in Europe/Berlin, or unset TZ');
  }
}
