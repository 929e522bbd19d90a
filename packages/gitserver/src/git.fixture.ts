/**
 * What the specs of this package share: Git's own client, cut off from this machine's settings, and a server over
 * a folder that is gone afterwards. (@gityard/testing has richer ones, but it depends on this package.)
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { type GitServer, type GitServerOptions, startGitServer } from './git-server.ts';

export interface TestServer extends GitServer {
  readonly folder: string;
  readonly root: string;
  dispose(): Promise<void>;
}

export async function testServer(options: Partial<GitServerOptions> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-server-'));
  const root = join(folder, 'repositories');
  const server = await startGitServer({ root, ...options });
  async function dispose(): Promise<void> {
    await server.close();
    // A program that is just ending may still write into it.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
  return { ...server, folder, root, dispose };
}

export async function git(cwd: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Spec', '-c', 'user.email=spec@example.org', '-c', 'init.defaultBranch=main'];
  const env = { PATH: process.env.PATH, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { stdout } = await promisify(execFile)('git', [...identity, ...args], { cwd, env, maxBuffer: 1e8 });
  return stdout.trim();
}

/** A clone with one new commit, ready to be pushed; the file is the size asked for and does not compress. */
export async function cloneWithCommit(
  server: TestServer,
  { name = 'yard', as = 'clone', from = server.urlOf(name), sizeBytes = 100 } = {},
) {
  const clone = join(server.folder, as);
  await git(server.folder, 'clone', '--quiet', from, as);
  await writeFile(join(clone, `${as}.bin`), randomBytes(sizeBytes));
  await git(clone, 'add', '.');
  await git(clone, 'commit', '--quiet', '-m', `work of ${as}`);
  return clone;
}

/** One raw request. `fetch` would tidy up the hostile paths that specs send. */
export function ask(
  url: string,
  options: { path: string; method?: string; headers?: OutgoingHttpHeaders; body?: Buffer | string },
) {
  const { path, method = 'GET', headers = {}, body } = options;
  const { hostname, port } = new URL(url);
  return new Promise<Answer>((resolve, reject) => {
    const call = request({ hostname, port, path, method, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: await text(response) });
    });
    call.on('error', reject);
    call.end(body);
  });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Makes pushes into a repository wait inside its pre-receive hook: `reached` tells that one is there, `release`
 * lets it go on.
 */
export async function holdPushes(repository: string) {
  const [here, gate] = [join(repository, 'hook-is-here'), join(repository, 'hook-gate')];
  await promisify(execFile)('mkfifo', [gate]);
  await mkdir(join(repository, 'hooks'), { recursive: true });
  const script = `#!/bin/sh\necho reached > '${here}'\nread line < '${gate}'\n`;
  await writeFile(join(repository, 'hooks', 'pre-receive'), script, { mode: 0o755 });
  return {
    reached: () => until(() => existsSync(here), 'the hook runs'),
    release: () => writeFile(gate, 'go\n'),
  };
}

/** The git programs that still run for a server: their arguments name its folder. */
export async function runningGit(server: TestServer): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(server.root) && !line.startsWith('ps '));
}

export async function until(fact: () => unknown, what: string): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (!(await fact())) {
    if (Date.now() > deadline) throw new Error(`it never became true that ${what}`);
    await delay(10);
  }
}
