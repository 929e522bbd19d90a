/**
 * A yard with several agents, all as people have them: a Git server, the real program in a process for each agent, a cache in a
 * folder that they share, and one repository that is built. For shows of what a fleet does together.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from '@gityard/domain';
import { startGitServer } from '@gityard/gitserver';
import { createYard } from '@gityard/yard';
import { gityard, PROGRAM } from '../chaos/program.ts';
import { git } from '../git.ts';
import { type NodeProcess, startNode } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

export interface Fleet {
  /** The repository that its agents may build. */
  readonly repository: string;
  asked(...words: readonly string[]): Promise<unknown>;
  /** What a command prints for people. */
  said(...words: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly agents: number;
  /** Writes what is built. */
  write(folder: string): Promise<unknown> | unknown;
}

export async function startFleet({ agents, write }: FleetOptions): Promise<Fleet> {
  const { path: folder, remove } = await temporaryFolder();
  const server = await startGitServer({ root: join(folder, 'served') });
  await server.createRepository('yard');
  const yard = server.urlOf('yard');
  await createYard({ address: yard, actor: 'founder', config: { poll: { seconds: 0.5 } } });
  const repository = join(folder, 'source');
  await mkdir(repository);
  await write(repository);
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: repository });
  await git(['add', '--all'], { cwd: repository });
  await git(['commit', '--quiet', '--message', 'what is built'], { cwd: repository });

  const environmentOf = (id: string) => ({
    HOME: folder,
    NO_COLOR: '1',
    GITYARD_HOME: join(folder, id),
    GITYARD_YARD: yard,
    GITYARD_AGENT: id,
    GITYARD_CACHE_FOLDER: join(folder, 'cache'),
  });
  const said = async (id: string, words: readonly string[]) => {
    const { code, stdout, stderr } = await gityard(words, { env: environmentOf(id), cwd: folder });
    if (code !== 0 && code !== 1) throw new Error(`gityard ${words.join(' ')} ended with ${code}: ${stderr || stdout}`);
    return stdout;
  };
  const started: NodeProcess[] = [];
  for (let at = 1; at <= agents; at++) {
    const id = `build${at}`;
    await said(id, ['agent', 'allow', repository, '--commands']);
    const env = environmentOf(id);
    started.push(startNode(PROGRAM, ['agent', 'run', '--json'], { env, cwd: folder, endsWithUs: true }));
  }
  await Promise.all(started.map((it) => it.waitForLine(/"kind":"registered"/, 300_000)));
  const asked: Fleet['asked'] = async (...words) => JSON.parse(await said('person', [...words, '--json']));
  await allHeard(asked, agents);
  return {
    repository,
    asked,
    said: (...words) => said('person', words),
    async close() {
      for (const agent of started) agent.kill();
      await Promise.all(started.map((it) => it.exit));
      await Promise.all(started.map((it) => it.dispose()));
      await server.close();
      await remove();
    },
  };
}

/** Work is shared out among those that are alive when it is, so it begins when all are. */
async function allHeard(asked: Fleet['asked'], agents: number): Promise<void> {
  for (;;) {
    const rows = (await asked('agent', 'list')) as { readonly health: string; readonly status: string }[];
    if (rows.filter((it) => it.health === 'fresh' && it.status === 'Idle').length === agents) return;
    await delay(500);
  }
}

/** Ends with the build, however that ended. */
export async function buildBy({ asked, repository }: Fleet, strategy: string): Promise<Job> {
  const wishes = ['--strategy', strategy, '--timeout', '60m'];
  const { id } = (await asked('job', 'add', '--repo', repository, '--branch', 'main', ...wishes)) as { id: string };
  for (;;) {
    const job = (await asked('job', 'show', id)) as Job;
    if (job.endedAt !== null) return job;
    await delay(1_000);
  }
}
