/**
 * The files of a simulated machine, as a disk keeps them: what was written is seen at once, and is there after the power was
 * cut only if it was synced; of the rest as much as chance leaves, torn where it was being written. Names are kept apart from
 * contents, as in file systems. Knows no spool.
 */
import { dirname } from 'node:path';
import type { Dice } from '@gityard/demo';
import type { Files, OpenFile } from '@gityard/store';
import type { DiskTrouble, Process } from './disk.ts';

interface Inode {
  content: Buffer;
  synced: Buffer;
}

export interface FileSystemParts {
  readonly dice: Dice;
  readonly trouble: (path: string) => DiskTrouble | undefined;
  /** The planted bug: it says that it synced. */
  readonly lies: boolean;
}

const SYNC_MS = 2;
const NOTHING = Buffer.alloc(0);

export class FileSystem {
  readonly #parts: FileSystemParts;
  #names = new Map<string, Inode>();
  #synced = new Map<string, Inode>();

  constructor(parts: FileSystemParts) {
    this.#parts = parts;
  }

  read(path: string): Buffer | undefined {
    return this.#names.get(path)?.content;
  }

  list(prefix: string): string[] {
    return [...this.#names.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  cutPower(): void {
    const { dice } = this.#parts;
    // Names are written in their order, so either the last ones are there or they are not.
    this.#names = new Map(dice.chance(0.5) ? this.#names : this.#synced);
    this.#synced = new Map(this.#names);
    for (const inode of this.#names.values()) {
      inode.content = leftOf(inode, dice);
      inode.synced = inode.content;
    }
  }

  /** As that process sees it: each change is a step that it may not live to see. */
  seenBy(life: Process): Files {
    const change = async (act: string, path: string, make: () => void) => {
      await life.step(`before ${act} ${path}`);
      make();
    };
    const move = (from: string, to: string) => {
      this.#names.set(to, this.#inodeAt(from));
      this.#names.delete(from);
    };
    return {
      mkdir: async () => undefined,
      open: async (path, flags) => this.#open(life, path, flags),
      readdir: async (path) => this.list(`${path}/`).map((it) => it.slice(path.length + 1).replace(/\/.*/, '')),
      readFile: async (path) => this.#inodeAt(path).content,
      rename: (from, to) => change('rename', to, () => move(from, to)),
      rm: (path) => change('rm', path, () => void this.#names.delete(path)),
      stat: async (path) => ({ size: this.#inodeAt(path).content.length }),
    };
  }

  #open(life: Process, path: string, flags: string): OpenFile {
    if (flags === 'r') return this.#openFolder(life, path);
    const inode =
      flags === 'r+' ? this.#inodeAt(path) : (this.#names.get(path) ?? { content: NOTHING, synced: NOTHING });
    this.#names.set(path, inode);
    if (flags === 'w') inode.content = NOTHING;
    const cut = (sizeBytes: number) => {
      inode.content = inode.content.subarray(0, sizeBytes);
    };
    const keep = () => {
      inode.synced = inode.content;
    };
    return {
      writeFile: (content) => this.#write(life, { path, inode, content }),
      truncate: async (sizeBytes) => cut(sizeBytes),
      stat: async () => ({ size: inode.content.length }),
      sync: () => this.#sync(life, path, keep),
      close: async () => undefined,
    };
  }

  /** Nothing else is done with one but to sync the names in it. */
  #openFolder(life: Process, folder: string): OpenFile {
    const none = async () => assertFile(folder);
    const keepNames = () => {
      for (const path of [...this.#synced.keys()].filter((it) => dirname(it) === folder)) this.#synced.delete(path);
      for (const [path, inode] of this.#names) if (dirname(path) === folder) this.#synced.set(path, inode);
    };
    const sync = () => this.#sync(life, folder, keepNames);
    return { writeFile: none, truncate: none, stat: none, sync, close: async () => undefined };
  }

  async #write(
    life: Process,
    { path, inode, content }: { path: string; inode: Inode; content: Uint8Array },
  ): Promise<void> {
    await life.step(`before write ${path}`);
    const trouble = this.#parts.trouble(path);
    const written = trouble ? content.subarray(0, content.length >> 1) : content;
    inode.content = Buffer.concat([inode.content, written]);
    if (trouble) throw Object.assign(new Error(`${trouble}: cannot write ${path}`), { code: trouble });
  }

  async #sync(life: Process, path: string, keep: () => void): Promise<void> {
    await life.step(`before sync ${path}`);
    if (!this.#parts.lies) keep();
    await life.ports.sleep(SYNC_MS);
  }

  #inodeAt(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode) return inode;
    throw Object.assign(new Error(`ENOENT: no such file, ${path}`), { code: 'ENOENT' });
  }
}

/** What was put behind synced bytes may be there in part. */
function leftOf({ content, synced }: Inode, dice: Dice): Buffer {
  if (content === synced || dice.chance(0.4)) return synced;
  const isAppended = content.length > synced.length && content.subarray(0, synced.length).equals(synced);
  return isAppended ? content.subarray(0, Math.round(dice.between(synced.length, content.length))) : content;
}

function assertFile(path: string): never {
  throw Object.assign(new Error(`EISDIR: ${path} is a folder`), { code: 'EISDIR' });
}
