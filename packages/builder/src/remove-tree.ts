/** Removes a folder or a file with all that it holds, folders that a build made read-only included (package caches do that). */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * By the system's own programs, which go down folder by folder: to name a folder three thousand levels deep is more than
 * the kernel takes, and a build can make one. They follow no link on the way.
 */
export async function removeTree(folder: string): Promise<void> {
  if (process.platform === 'win32') return rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await run('rm', ['-rf', '--', folder]);
  } catch {
    // Most often a read-only folder. Whatever else it is, the second try says so.
    await run('chmod', ['-R', 'u+rwX', '--', folder]).catch(() => undefined);
    await run('rm', ['-rf', '--', folder]);
  }
}
