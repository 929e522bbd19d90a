/** For specs of the local copy: a remote in memory, a folder on the real disk, and Git's own word on what lies there. */
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@gityard/testing';

import { git, temporaryFolder } from '../git.fixture.ts';
import { type Ledger, newLedger, openLedger, REF } from '../ledger.fixture.ts';
import type { StoreOptions } from '../store.ts';
import { MemoryRemote } from '../transports/memory.ts';
import type { Transport } from '../transports/transport.ts';
import { type LocalObjectsOptions, type LocalTold, openLocalObjects } from './local-objects.ts';

/** One life of a program that keeps a copy. */
export interface Life {
  readonly ledger: Ledger;
  readonly told: readonly LocalTold[];
  close(): Promise<void>;
}

export type LifeOptions = Partial<LocalObjectsOptions> & {
  readonly transport?: Transport;
  readonly ports?: StoreOptions<never, never>['ports'];
};

export type LocalWorld = Awaited<ReturnType<typeof localWorld>>;

export async function localWorld() {
  const { path, remove } = await temporaryFolder();
  const remote = new MemoryRemote();
  await newLedger(remote);
  const lives: Life[] = [];
  const world = worldAt(path, { folder: join(path, 'objects'), remote, lives });
  let clones = 0;
  return {
    ...world,
    /** The same remote and the same copy once more, which then go their own way. */
    async clone() {
      clones += 1;
      const own = { folder: join(path, `objects-${clones}`), remote: new MemoryRemote(), lives };
      for (const [ref, oid] of remote.refs) own.remote.refs.set(ref, oid);
      for (const [oid, object] of remote.objects) own.remote.objects.set(oid, object);
      if (existsSync(world.folder)) await cp(world.folder, own.folder, { recursive: true });
      return worldAt(path, own);
    },
    async remove() {
      for (const life of lives) await life.close();
      await remove();
    },
  };
}

interface Parts {
  readonly folder: string;
  readonly remote: MemoryRemote;
  readonly lives: Life[];
}

function worldAt(path: string, { folder, remote, lives }: Parts) {
  const copies = async () => (await readdir(folder)).filter((it) => it.endsWith('.git')).map((it) => join(folder, it));
  const copy = async () => {
    const [only, ...others] = await copies();
    if (!only || others.length > 0) throw new Error('there is not one copy');
    return only;
  };
  const pins = async () => (await copy()).replace(/git$/, 'pins.json');
  return {
    path,
    folder,
    remote,
    copy,
    pins,
    setAside: async () => (await readdir(folder)).filter((it) => it.includes('.bad-')).sort(),
    /** What Git says of the copy; throws when it finds fault with it. */
    git: async (...args: string[]) => git(args, { cwd: await copy() }),
    fsck: async () => git(['fsck', '--strict', '--no-dangling'], { cwd: await copy() }),
    /** Once the disk has what the remote has. The pins are written last, when the copy is left alone again. */
    settled: () => {
      const head = remote.refs.get(REF);
      const isThere = async () => JSON.parse(await readFile(await pins(), 'utf8'))[REF].head === head;
      return waitFor(isThere, { what: 'the head is in the copy' });
    },
    live({ transport = remote.transport(), ports, ...options }: LifeOptions = {}): Life {
      const told: LocalTold[] = [];
      const tell = (it: LocalTold) => void told.push(it);
      const local = openLocalObjects({ folder, remote: 'memory', betweenWritesMs: 0, retryMs: 0, tell, ...options });
      const ledger = openLedger(transport, { local, ports });
      const close = async () => {
        await ledger.close();
        await local.close();
      };
      const life = { ledger, told, close };
      lives.push(life);
      return life;
    },
  };
}

/** Lives once, does that, and closes. */
export async function once(
  world: Pick<LocalWorld, 'live'>,
  act: (life: Life) => unknown,
  options: LifeOptions = {},
): Promise<Life> {
  const life = world.live(options);
  try {
    await act(life);
  } finally {
    await life.close();
  }
  return life;
}
