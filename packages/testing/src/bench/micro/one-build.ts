/** One build by our builder, and a repository for it: what the single figures of builds are measured with. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOutcome, type BuildRequest, runJob } from '@gityard/builder';
import { type Job, validate } from '@gityard/domain';

/** A repository with one commit of these files. */
export function makeSource(path: string, files: Readonly<Record<string, string>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  const who = ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgSign=false'];
  const git = (...args: string[]) => execFileSync('git', ['-C', path, ...who, ...args], { stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a commit');
  return path;
}

/** What anybody would type before the commands of a build. */
export function cloneByHand(source: string, target: string): void {
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${source}`, target], { stdio: 'ignore' });
}

export interface OneBuild
  extends Pick<BuildRequest, 'folder'>,
    Partial<Pick<BuildRequest, 'token' | 'sandbox' | 'cache'>> {
  readonly job: Partial<Job>;
}

export async function oneBuild({ job, token = 1, ...request }: OneBuild): Promise<BuildOutcome> {
  const outcome = await runJob({
    ...request,
    job: jobOf(job),
    token,
    attempt: 1,
    agent: 'bench',
    policy: { repositories: ['*'], commands: true },
    timeoutSeconds: 600,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (outcome.status !== 'succeeded') throw new Error(`the build ${outcome.status}: ${outcome.reason}`);
  return outcome;
}

function jobOf(part: Partial<Job>): Job {
  const held = { id: 'b1', status: 'running', submittedAt: '2026-01-01T00:00:00Z', token: 1, agent: 'bench' };
  const checked = validate('job', { ...held, submittedBy: 'bench', ...part });
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}
