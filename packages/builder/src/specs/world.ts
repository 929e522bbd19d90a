/** What the specs of this package start from: temporary folders, real repositories, and requests with sane defaults. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Job, validate } from '@gityard/domain';
import { onTestFinished } from 'vitest';
import type { BuildOutcome, BuildRequest } from '../contract.ts';

/** A folder that is gone when the spec is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gityard-builder-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export type Files = Readonly<Record<string, string | { readonly link: string }>>;

export interface Repository {
  readonly path: string;
  git(...args: string[]): string;
  /** Writes files, commits, and answers the commit's id. */
  commit(files: Files): string;
}

export function repository(files: Files): Repository {
  const path = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', path, ...identity, ...args], { encoding: 'utf8' }).trim();
  const commit = (more: Files) => {
    writeFiles(path, more);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'a commit');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  commit(files);
  return { path, git, commit };
}

const identity = ['-c', 'user.name=Spec', '-c', 'user.email=spec@localhost', '-c', 'commit.gpgSign=false'];

export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    if (typeof content === 'string')
      writeFileSync(join(folder, name), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
    else symlinkSync(content.link, join(folder, name));
  }
}

function job(part: Partial<Job> = {}): Job {
  const held = { id: 'b1', status: 'running', submittedAt: '2025-11-13T10:00:00Z', token: 1, agent: 'build1' };
  const checked = validate('job', { ...held, submittedBy: 'spec' });
  assert(checked.ok);
  // The builder must hold out against jobs as well that no schema has seen.
  return { ...checked.value, ...part };
}

/** A request of an agent that lets everything run. */
export function request(part: Omit<Partial<BuildRequest>, 'job'> & { job?: Partial<Job> } = {}): BuildRequest {
  return {
    token: 1,
    attempt: 1,
    agent: 'build1',
    folder: temporaryFolder(),
    policy: { repositories: ['*'], commands: true },
    timeoutSeconds: 300,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...part,
    job: job(part.job),
  };
}

export const logOf = ({ files }: Pick<BuildOutcome, 'files'>): string =>
  files
    .filter(({ path }) => path.endsWith('.log'))
    .map(({ content }) => Buffer.from(content).toString('utf8'))
    .join('');
