/**
 * What a build costs beside its own commands: a repository of 200 files and one short command, by our builder and by hand (a
 * shallow clone and the same command). Once in a fresh workspace, once where the build before it stopped, and once in the
 * sandbox that works here.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildRequest, chooseSandbox, runJob } from '@gityard/builder';
import { type Job, validate } from '@gityard/domain';
import { type Micro, summarise, timed } from './micro.ts';

const FILES = 200;
const MAKEFILE = 'all: out.txt\nout.txt: src/1.txt\n\tcat src/*.txt > out.txt\n';

export const buildOverhead: Micro = async ({ server, size }) => {
  const { folder } = await server.makeEmpty('build-overhead');
  const source = makeSource(join(folder, 'source'));
  const times = { bare: [] as number[], fresh: [] as number[], kept: [] as number[], confined: [] as number[] };
  const choice = await chooseSandbox({ unsandboxed: true });
  const sandbox = choice.ok && choice.sandbox.name !== 'none' ? choice.sandbox : undefined;
  for (let turn = 0; turn < (size === 'quick' ? 3 : 10); turn++) {
    times.bare.push(await timed(() => byHand(source, join(folder, `bare-${turn}`))));
    const root = join(folder, `ours-${turn}`);
    times.fresh.push(await timed(() => ours({ source, folder: root, token: 1 })));
    times.kept.push(await timed(() => ours({ source, folder: root, token: 2 })));
    const apart = { source, folder: `${root}-confined`, token: 1, sandbox };
    if (sandbox) times.confined.push(await timed(() => ours(apart)));
  }
  const over = (all: readonly number[]) => all.map((it, turn) => it - (times.bare[turn] ?? 0));
  return [
    summarise({ key: 'build-bare', what: 'a short build by hand: clone and command' }, times.bare),
    summarise({ key: 'build-overhead', what: 'the same by the builder: on top' }, over(times.fresh)),
    summarise({ key: 'build-overhead-kept', what: 'and again in the kept workspace: on top' }, over(times.kept)),
    ...(sandbox
      ? [summarise({ key: 'build-overhead-sandbox', what: `fresh, in ${sandbox.name}: on top` }, over(times.confined))]
      : []),
  ];
};

function makeSource(path: string): string {
  mkdirSync(join(path, 'src'), { recursive: true });
  writeFileSync(join(path, 'Makefile'), MAKEFILE);
  for (let at = 1; at <= FILES; at++) writeFileSync(join(path, 'src', `${at}.txt`), `${at}\n`);
  const who = ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', '-c', 'commit.gpgSign=false'];
  const git = (...args: string[]) => execFileSync('git', ['-C', path, ...who, ...args], { stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a commit');
  return path;
}

function byHand(source: string, target: string): void {
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${source}`, target], { stdio: 'ignore' });
  execFileSync('make', [], { cwd: target, stdio: 'ignore' });
}

interface Ours extends Pick<BuildRequest, 'folder' | 'token'> {
  readonly source: string;
  readonly sandbox?: BuildRequest['sandbox'];
}

async function ours({ source, folder, token, sandbox }: Ours): Promise<void> {
  const { status, reason } = await runJob({
    job: jobOf(source),
    token,
    attempt: 1,
    agent: 'bench',
    folder,
    policy: { repositories: ['*'], commands: true },
    timeoutSeconds: 60,
    ...(sandbox && { sandbox }),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  if (status !== 'succeeded') throw new Error(`the build of the bench failed: ${reason}`);
}

function jobOf(repository: string): Job {
  const held = { id: 'b1', status: 'running', submittedAt: '2025-11-13T10:00:00Z', token: 1, agent: 'bench' };
  const checked = validate('job', { ...held, repository, branch: 'main' });
  if (!checked.ok) throw new Error('the job of the bench is not one');
  return checked.value;
}
