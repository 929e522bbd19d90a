/**
 * One daemon for each folder: two would run builds in the same workspaces and answer to the same identity. The lock of a
 * daemon that was killed is broken at once, because its process is seen to be gone; otherwise after half a minute.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { takeFileLock } from '@gityard/yard';
import { AgentError } from '../agent-error.ts';

export interface HomeLock {
  release(): Promise<void>;
}

// A main thread may be busy for long; it must not lose its folder for that.
const LOCKING = { staleMs: 30_000, updateMs: 5_000 };

/** Folders that this process has. */
const held = new Set<string>();

export async function lockHome(home: string, { onLost }: { onLost: (reason: string) => void }): Promise<HomeLock> {
  const folder = resolve(home);
  await mkdir(folder, { recursive: true });
  const taken = await takeFileLock(join(folder, 'agent.lock'), {
    ...LOCKING,
    // Noted with the lock, and not when the yard was entered, which may be hours later.
    holderPath: join(folder, 'agent.pid'),
    isHeldHere: () => held.has(folder),
    onLost: (reason) => onLost(`the lock of ${folder} was lost: ${reason}`),
  });
  if (taken.lock) return noted(folder, taken.lock);
  const who = taken.heldBy === undefined ? 'another agent' : `another agent (process ${taken.heldBy})`;
  throw new AgentError(
    'DUPLICATE_AGENT',
    `${who} uses ${folder}; stop that one, or set GITYARD_HOME to another folder`,
  );
}

function noted(folder: string, lock: HomeLock): HomeLock {
  held.add(folder);
  const release = async (): Promise<void> => {
    await lock.release();
    held.delete(folder);
  };
  return { release };
}
