/** Git's own programs for specs: repositories in temporary folders, and a second client that shares no line with ours. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gityard-store-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface GitOptions {
  readonly cwd: string;
  readonly input?: Uint8Array | string;
}

const IDENTITY = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
  [`GIT_${who}_NAME`, 'A Person'],
  [`GIT_${who}_EMAIL`, 'person@example.com'],
]);
const ENVIRONMENT = { ...process.env, ...Object.fromEntries(IDENTITY), GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C' };

export function git(args: readonly string[], options: GitOptions): Promise<string> {
  return run('git', args, options);
}

export function run(
  program: string,
  args: readonly string[],
  { cwd, input }: Partial<GitOptions> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd, env: ENVIRONMENT, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')}: ${stderr || error.message}`));
      else resolve(stdout.trim());
    });
    // Git may end before it has read its input; its exit code tells that better than a broken pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

export async function bareRepository(folder: string, { wantRef = true, filter = false } = {}): Promise<string> {
  const path = join(folder, 'yard.git');
  await git(['init', '--quiet', '--bare', path], { cwd: folder });
  const settings = {
    'receive.fsckObjects': true,
    'http.receivepack': true,
    'uploadpack.allowRefInWant': wantRef,
    'uploadpack.allowFilter': filter,
    'gc.auto': 0,
  };
  for (const [key, value] of Object.entries(settings)) await git(['config', key, `${value}`], { cwd: path });
  return path;
}

/** Clone, commit, push: what a person does. */
export async function pushByHand(
  repository: string,
  ref: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const { path: cwd, remove } = await temporaryFolder();
  const branch = ref.replace('refs/heads/', '');
  await git(['clone', '--quiet', '--branch', branch, repository, '.'], { cwd });
  for (const [path, text] of Object.entries(files)) await writeFile(join(cwd, path), text);
  await git(['add', '--all'], { cwd });
  await git(['commit', '--quiet', '--message', 'by hand'], { cwd });
  await git(['push', '--quiet', 'origin', branch], { cwd });
  const head = await git(['rev-parse', 'HEAD'], { cwd });
  await remove();
  return head;
}

export async function declinePushes(repository: string, text: string): Promise<void> {
  const hook = join(repository, 'hooks', 'pre-receive');
  await writeFile(hook, `#!/bin/sh\necho '${text}' >&2\nexit 1\n`);
  await chmod(hook, 0o755);
}
