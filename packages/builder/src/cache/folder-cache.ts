/**
 * The near tier: a folder of this machine that agents and processes may share. What is written appears whole under its name or
 * not at all, and what is there under a digest may vanish at any moment: somebody else may need the room. Knows no entries.
 */
import { createHash, randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyChecked } from './copy-checked.ts';
import { type Swept, sweepFolder } from './sweep-folder.ts';
import type { Blob, EntryName } from './tier.ts';

const MOST_ENTRY_BYTES = 32 * 1024 * 1024;
/** How much others may have written since we looked at the whole. */
const LOOK_AFTER = 0.05;

export class FolderCache {
  readonly root: string;
  private readonly budgetBytes: number;
  private writtenBytes = Number.POSITIVE_INFINITY;
  private knownBytes = 0;

  constructor(root: string, { budgetBytes }: { budgetBytes: number }) {
    this.root = root;
    this.budgetBytes = budgetBytes;
  }

  async read(name: EntryName): Promise<string | null> {
    const path = this.entryPath(name);
    const status = await lstat(path).catch(() => null);
    if (!status?.isFile() || status.size > MOST_ENTRY_BYTES) return null;
    return readFile(path, 'utf8').catch(() => null);
  }

  async write(name: EntryName, text: string): Promise<void> {
    const part = await this.temporary();
    await writeFile(part, text, { flag: 'wx' });
    await this.moveIn(part, this.entryPath(name));
    this.writtenBytes += text.length;
  }

  dropEntry(name: EntryName): Promise<void> {
    return rm(this.entryPath(name), { force: true });
  }

  /** So that people who look at the folder know whose it is. */
  async nameScope(scope: string, name: string): Promise<void> {
    const path = join(this.root, 'scopes', scope);
    if ((await lstat(path).catch(() => null)) !== null) return;
    const part = await this.temporary();
    await writeFile(part, name.slice(0, 1000), { flag: 'wx' });
    await this.moveIn(part, path);
  }

  /** Null: it is not there, or has another size. Whoever opens it says that it is in use. */
  async open(blob: Blob): Promise<FileHandle | null> {
    const path = this.blobPath(blob);
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null);
    if (!handle) return null;
    const status: Stats = await handle.stat();
    if (status.isFile() && status.size === blob.sizeBytes) {
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined);
      return handle;
    }
    await handle.close();
    return null;
  }

  async has(blob: Blob): Promise<boolean> {
    const handle = await this.open(blob);
    await handle?.close();
    return handle !== null;
  }

  /** Takes the bytes of an open file; false: they are not what they should be. */
  async take(blob: Blob, source: FileHandle): Promise<boolean> {
    if (blob.sizeBytes > this.budgetBytes) return false;
    const part = await this.temporary();
    try {
      if (!(await copyChecked(source, part, blob))) return false;
      await this.moveIn(part, this.blobPath(blob));
      this.writtenBytes += blob.sizeBytes;
      return true;
    } finally {
      await rm(part, { force: true });
    }
  }

  async drop(blob: Blob): Promise<void> {
    await rm(this.blobPath(blob), { force: true });
  }

  blobPath({ sha256 }: Blob): string {
    return join(this.root, 'blobs', sha256.slice(0, 2), sha256);
  }

  /** A name for what is not whole yet, on the same disk. */
  async temporary(): Promise<string> {
    const folder = join(this.root, 'tmp');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, randomUUID());
  }

  /** Makes room when there may be too much. */
  async keepToBudget(): Promise<Swept | null> {
    const mayBeOver = this.knownBytes + this.writtenBytes > this.budgetBytes;
    if (!mayBeOver && this.writtenBytes < this.budgetBytes * LOOK_AFTER) return null;
    const swept = await sweepFolder(this.root, { budgetBytes: this.budgetBytes, now: Date.now() });
    this.knownBytes = swept.keptBytes;
    this.writtenBytes = 0;
    return swept;
  }

  private entryPath({ kind, scope, id }: EntryName): string {
    return join(this.root, kind, scope, createHash('sha256').update(id).digest('hex').slice(0, 40));
  }

  private async moveIn(part: string, path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await rename(part, path);
  }
}
