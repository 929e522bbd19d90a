/**
 * A workspace that outlives its build: one for each branch of each repository, so that the next build of the branch goes on
 * where this one stopped. One build at a time is in it. It is only kept while somebody can say exactly what lies there:
 * after a kill, a cancel or a full disk it is removed, and the next build starts from nothing.
 *
 *     <root>/kept/<branch>/build/…      all that the build may write: source, artifacts, reports, tmp
 *                          record.json  while no build is in it
 *                          incoming/    what git writes before it is moved to its place
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Job } from '@gityard/domain';
import { isSystemError } from '../build-error.ts';
import type { Folders } from '../folders.ts';
import { removeTree } from '../remove-tree.ts';
import { checkOut } from '../source/check-out.ts';
import { GitError } from '../source/git.ts';
import { type LaidOut, layOutAnew, layOutChanges } from '../source/lay-out.ts';
import type { Tree, TreeRequest } from '../source/tree.ts';
import { type Budget, evict, sizeOf } from './evict.ts';
import { dropRecord, type KeptRecord, type Memory, readLaid, readRecord, writeRecord } from './kept-record.ts';

/** Of this process, and a build root belongs to one process (`lockHome`). */
const busy = new Set<string>();

interface Entering {
  readonly job: Job;
  readonly folders: Folders;
  readonly budget: Budget;
  readonly isTrusted: boolean;
}

export class KeptWorkspace {
  readonly folders: Folders;
  private readonly job: Job;
  private readonly folder: string;
  private readonly budget: Budget;
  private last: KeptRecord | null = null;
  private found: (TreeRequest & { readonly tree: Tree }) | null = null;
  private laidOut: LaidOut | null = null;
  private memory: Memory | null = null;
  private isTouched = false;

  private constructor(folder: string, given: { job: Job; folders: Folders; budget: Budget }) {
    this.folder = folder;
    this.job = given.job;
    this.budget = given.budget;
    const workspace = join(folder, 'build');
    const isOwn = given.folders.home.startsWith(given.folders.workspace);
    this.folders = {
      ...given.folders,
      workspace,
      source: join(workspace, 'source'),
      staging: join(workspace, 'artifacts'),
      reports: join(workspace, 'reports'),
      temporary: join(workspace, 'tmp'),
      home: isOwn ? join(workspace, 'home') : given.folders.home,
      index: join(folder, 'index'),
    };
  }

  /** Null while another build is in it. A job may name a trusted branch beside any commit: what such a one leaves is not for builds that are trusted. */
  static enter(root: string, given: Entering): KeptWorkspace | null {
    const folder = join(root, 'kept', `${nameOf(given.job)}${given.isTrusted ? '' : '-untrusted'}`);
    if (busy.has(folder)) return null;
    busy.add(folder);
    return new KeptWorkspace(folder, given);
  }

  /** What the build before left; null: nothing that can be used. */
  get record(): KeptRecord | null {
    return this.last;
  }

  /** Paths that are not as the build before left them, or as it found them. */
  get changed(): readonly string[] {
    return this.laidOut?.changed ?? [];
  }

  async open(): Promise<void> {
    this.last = await readRecord(this.folder);
    const { workspace, source, staging, reports, temporary, home } = this.folders;
    if (!this.last) await removeTree(this.folder);
    for (const folder of [reports, temporary]) await removeTree(folder);
    for (const folder of [workspace, source, staging, reports, temporary, home])
      await mkdir(folder, { recursive: true });
  }

  async layOut(found: TreeRequest & { readonly tree: Tree }): Promise<void> {
    this.found = found;
    this.isTouched = true;
    await dropRecord(this.folder);
    const { source, index } = this.folders;
    const { last } = this;
    if (!last) return this.layOutAll();
    try {
      const request = { ...found, folder: source, incoming: join(this.folder, 'incoming'), index };
      this.laidOut = await layOutChanges(await readLaid(this.folder), request);
    } catch (error) {
      // A list of files that cannot be read, a folder that cannot be written: whatever it is, there is a way around it.
      if (!isSystemError(error) && !(error instanceof GitError) && !(error instanceof SyntaxError)) throw error;
      found.stop.throwIfAborted();
      await this.startAnew();
    }
  }

  /** Nothing of what lies here is of use. */
  async startAnew(): Promise<void> {
    this.last = null;
    const { source, staging } = this.folders;
    for (const folder of [source, staging]) await removeTree(folder);
    for (const folder of [source, staging]) await mkdir(folder, { recursive: true });
    await this.layOutAll();
  }

  private async layOutAll(): Promise<void> {
    if (!this.found) return;
    const { source, index } = this.folders;
    await checkOut({ ...this.found, folder: source, index });
    this.laidOut = await layOutAnew({ folder: source, tree: this.found.tree });
  }

  /** What is true from now on, should the build end. Without it the workspace goes with its build. */
  remember(memory: Memory): void {
    this.memory = memory;
  }

  /** A complaint, or null. */
  async leave({ isUsable }: { readonly isUsable: boolean }): Promise<string | null> {
    try {
      if (this.isTouched) await this.settle(isUsable);
    } catch (error) {
      await removeTree(this.folder).catch(() => undefined);
      return `the workspace ${this.folder} could not be kept: ${(error as Error).message}`;
    } finally {
      busy.delete(this.folder);
    }
    return this.makeRoom();
  }

  private async makeRoom(): Promise<string | null> {
    const root = dirname(this.folder);
    try {
      await evict(root, busy, this.budget);
      return null;
    } catch (error) {
      return `the kept workspaces below ${root} could not be brought within their budget: ${(error as Error).message}`;
    }
  }

  private async settle(isUsable: boolean): Promise<void> {
    const { memory, laidOut, found, job } = this;
    if (!isUsable || !memory || !laidOut || !found) return removeTree(this.folder);
    const { reports, temporary, workspace } = this.folders;
    for (const folder of [reports, temporary]) await removeTree(folder);
    await writeRecord(this.folder, {
      ...memory,
      repository: job.repository ?? '',
      branch: job.branch,
      job: job.id,
      commit: found.commit,
      usedAt: new Date().toISOString(),
      sizeBytes: await sizeOf(workspace),
      laid: laidOut.laid,
    });
  }
}

function nameOf({ repository, branch }: Job): string {
  const line = branch === null ? 'the default branch' : `branch ${branch}`;
  return createHash('sha256').update(`${repository}\0${line}`).digest('hex').slice(0, 32);
}
