/**
 * The system's own git as a second, independent opinion: cut off from the settings, hooks and credentials of the
 * machine, so that a spec says the same everywhere. Knows nothing of Gityard.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface GitOptions {
  readonly cwd: string;
  /** Added to the environment; what stands here wins. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Git ended with another code than 0; `stderr` and `code` tell why. */
export class GitError extends Error {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(args: readonly string[], end: { code: number | null; stdout: string; stderr: string }) {
    super(`git ${args.join(' ')} ended with ${end.code}: ${end.stderr.trim()}`);
    this.name = 'GitError';
    this.code = end.code;
    this.stdout = end.stdout;
    this.stderr = end.stderr;
  }
}

const SETTINGS = ['init.defaultBranch=main', 'gc.auto=0', 'maintenance.auto=false', 'advice.detachedHead=false'];

/** Also for specs that start a git of their own. */
export function gitEnvironment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Spec',
    GIT_AUTHOR_EMAIL: 'spec@example.org',
    GIT_COMMITTER_NAME: 'Spec',
    GIT_COMMITTER_EMAIL: 'spec@example.org',
    ...env,
  };
}

/** Resolves with what git printed, as it printed it. */
export async function git(args: readonly string[], { cwd, env, input }: GitOptions): Promise<string> {
  const settings = SETTINGS.flatMap((it) => ['-c', it]);
  const child = spawn('git', [...settings, ...args], { cwd, env: gitEnvironment(env), stdio: 'pipe' });
  // Git may refuse before it has read its input; its exit code says so better than a broken pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);

  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed(child)]);
  if (child.exitCode !== 0) throw new GitError(args, { code: child.exitCode, stdout, stderr });
  return stdout;
}

async function closed(child: ReturnType<typeof spawn>): Promise<void> {
  await once(child, 'close');
}
