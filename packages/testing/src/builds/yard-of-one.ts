/**
 * A yard with one agent, both as people have them: a Git server, the real program, a repository that is built. For shows that
 * build several commits one after the other and look at what each build did.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startGitServer } from '@gityard/gitserver';
import { createYard } from '@gityard/yard';
import { gityard, PROGRAM } from '../chaos/program.ts';
import { startNode } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import type { Files } from './solution.ts';

export interface Built {
  readonly id: string;
  readonly status: string;
  /** Over which projects the strategy went, in its own words. */
  readonly built: string | null;
  readonly cache: { readonly hits: number; readonly misses: number } | null;
  readonly tests: { readonly total: number; readonly passed: number } | null;
  readonly log: string;
  readonly seconds: number;
}

export interface YardOfOne {
  commit(files: Files): void;
  build(strategy: string, parameters?: Readonly<Record<string, string>>): Promise<Built>;
  /** Of the whole history of the yard. */
  audit(): Promise<string>;
  close(): Promise<void>;
}

const PATIENCE_MS = 1_800_000;

export async function yardOfOne(files: Files): Promise<YardOfOne> {
  const { path: folder, remove } = await temporaryFolder();
  const server = await startGitServer({ root: join(folder, 'served') });
  await server.createRepository('yard');
  const yard = server.urlOf('yard');
  await createYard({ address: yard, actor: 'founder', config: { poll: { seconds: 0.5 } } });
  const source = repositoryOf(join(folder, 'source'));
  source.commit(files);

  const env = {
    HOME: folder,
    GITYARD_HOME: join(folder, 'home'),
    GITYARD_YARD: yard,
    GITYARD_AGENT: 'build1',
  };
  const asked = async (...words: string[]) => {
    const { code, stdout, stderr } = await gityard([...words, '--json'], { env, cwd: folder });
    if (code !== 0 && code !== 1) throw new Error(`gityard ${words.join(' ')} ended with ${code}: ${stderr || stdout}`);
    return JSON.parse(stdout);
  };
  namePackageSource(folder);
  await asked('agent', 'allow', source.path);
  const agent = startNode(PROGRAM, ['agent', 'run', '--json'], {
    env: { ...env, NO_COLOR: '1' },
    cwd: folder,
    endsWithUs: true,
  });
  await agent.waitForLine(/"kind":"registered"/, 60_000);

  return {
    commit: source.commit,
    async build(strategy, parameters = {}) {
      const given = Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
      const startedAt = performance.now();
      const { id } = await asked(
        'job',
        'add',
        '--repo',
        source.path,
        '--branch',
        'main',
        '--strategy',
        strategy,
        ...given,
      );
      await agent.waitForLine(new RegExp(`"kind":"ended","job":"${id}"`), PATIENCE_MS);
      const seconds = (performance.now() - startedAt) / 1000;
      const { status, result } = await asked('job', 'wait', id);
      const { stdout: log } = await gityard(['job', 'logs', id], { env, cwd: folder });
      return { id, status, ...result, log, seconds };
    },
    audit: async () => JSON.stringify(await asked('audit')),
    async close() {
      agent.kill();
      await agent.exit;
      await agent.dispose();
      await server.close();
      await remove();
    },
  };
}

/** Builds may read the folders that the settings of the agent's owner name. */
function namePackageSource(home: string): void {
  const source = process.env.GITYARD_TEST_NUGET;
  if (!source) return;
  const path = join(home, '.nuget', 'NuGet', 'NuGet.Config');
  mkdirSync(dirname(path), { recursive: true });
  const sources = `<packageSources><clear /><add key="show" value="${source}" /></packageSources>`;
  writeFileSync(path, `<configuration>${sources}</configuration>\n`);
}

function repositoryOf(path: string): { readonly path: string; commit(files: Files): void } {
  mkdirSync(path);
  const who = ['-c', 'user.name=Show', '-c', 'user.email=show@localhost', '-c', 'commit.gpgSign=false'];
  const git = (...args: string[]) => execFileSync('git', ['-C', path, ...who, ...args], { stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'main');
  const commit = (files: Files) => {
    for (const [name, content] of Object.entries(files)) {
      rmSync(join(path, name), { force: true });
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'a commit');
  };
  return { path, commit };
}
