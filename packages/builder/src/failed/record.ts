/**
 * What is noted of a failed build whose workspace is kept: enough to open it again as the build saw it. Lies beside the folder
 * (`<builds>/failed/<job>-<token>.json`), where no build can write, and holds no secret and nothing of the agent's environment.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';

export interface FailedWorkspace {
  readonly schemaVersion: 1;
  readonly job: Job;
  readonly token: number;
  readonly attempt: number;
  readonly agent: string;
  readonly keptAt: string;
  readonly reason: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly committedSeconds: number;
  readonly isolation: string;
  /** Where the home lies that it shared with others; null: it had its own, in the workspace. */
  readonly home: string | null;
  /** What its toolchain set for the last stage. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of secrets that it had. */
  readonly secrets: readonly string[];
}

const NAME = /^([a-z0-9][a-z0-9._-]{0,99})-\d{1,9}$/;
export const failedFolder = (root: string): string => join(root, 'failed');
export const runOf = ({ job, token }: Pick<FailedWorkspace, 'job' | 'token'>): string => `${job.id}-${token}`;

export async function writeRecord(root: string, record: FailedWorkspace): Promise<void> {
  const path = join(failedFolder(root), `${runOf(record)}.json`);
  await writeFile(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
}

/** Newest first. What is no record of ours is passed over. */
export async function readRecords(root: string): Promise<readonly FailedWorkspace[]> {
  const names = await readdir(failedFolder(root)).catch(() => []);
  const runs = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []));
  const read = await Promise.all(runs.filter((it) => NAME.test(it)).map((run) => readRecord(root, run)));
  return read.filter((it) => it !== undefined).sort((a, b) => (a.keptAt > b.keptAt ? -1 : 1));
}

async function readRecord(root: string, run: string): Promise<FailedWorkspace | undefined> {
  try {
    const record = JSON.parse(await readFile(join(failedFolder(root), `${run}.json`), 'utf8')) as FailedWorkspace;
    return record?.schemaVersion === 1 && runOf(record) === run ? record : undefined;
  } catch {
    // Half a file of a disk that was full. The next sweep takes it away.
    return undefined;
  }
}
