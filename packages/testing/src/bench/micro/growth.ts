/**
 * How large a yard becomes by being used: jobs from their submission to their end, and very many heartbeats. Both go through
 * our own yard to the real server, grouped as they are in a busy one: operations that wait share a push, and so do beats (50
 * agents a push, with one read model). Tidied is what the server's upkeep comes to in the end: `git gc --prune=now`.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readModel } from '@gityard/domain';
import { world as specWorld } from '@gityard/domain/spec';
import { createYard, openYard, type Yard } from '@gityard/yard';

import { git } from '../../git.ts';
import { waitFor } from '../../wait-for.ts';
import { type Micro, type MicroResult, summarise } from './micro.ts';

const AGENTS = 50;
const TIDY_MS = 10 * 60_000;
const SIZES = {
  quick: { jobs: 200, beats: 1_000 },
  usual: { jobs: 500, beats: 5_000 },
  full: { jobs: 5_000, beats: 50_000 },
};
const LIVE = 'refs/heads/yard-live';

export const growth: Micro = async ({ server, size }) => {
  const { jobs, beats } = SIZES[size];
  const { url, repository } = await server.makeEmpty('growth');
  await createYard({ address: url, actor: 'bench', config: { push: { perMinute: 0 } } });
  const yard = openYard({ address: url, actor: 'bench' });
  try {
    await runJobs(yard, jobs);
    await beat(yard, AGENTS);
    const first = await tidied(repository);
    await beat(yard, beats);
    const untidy = await sizeOf(repository);
    const last = await tidied(repository);
    return rows({ jobs, beats, first, untidy, last, live: await liveSize(repository) });
  } finally {
    await yard.close();
  }
};

async function runJobs(yard: Yard, count: number): Promise<void> {
  await yard.refresh();
  const [boot, now] = [yard.boot, yard.now()];
  const agent = { id: 'builder', host: 'bench', boot, slots: AGENTS, allows: { repositories: [], commands: true } };
  await yard.perform('register', { agent, replaces: null, now });
  for (let first = 0; first < count; first += AGENTS) {
    const numbers = Array.from({ length: Math.min(AGENTS, count - first) }, (_, index) => first + index);
    await Promise.all(numbers.map((number) => submit(yard, `job-${number}`)));
    await Promise.all(numbers.map(() => claimAndFinish(yard)));
  }
}

async function submit(yard: Yard, id: string): Promise<void> {
  await yard.perform('submit', { id, job: { command: ['make', 'all'] }, by: 'bench', now: yard.now() });
}

async function claimAndFinish(yard: Yard): Promise<void> {
  const claimed = await yard.perform('claim', { agentId: 'builder', boot: yard.boot, now: yard.now() });
  if (!claimed.ok) throw new Error(claimed.reason);
  const { id: jobId, token } = claimed.result;
  const ending = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [] } as const;
  const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
  await yard.perform('finish', { jobId, agentId: 'builder', token, ...ending, result, now: yard.now() });
}

async function beat(yard: Yard, count: number): Promise<void> {
  await yard.live.refresh();
  for (let done = 0; done < count; done += AGENTS) {
    const numbers = Array.from({ length: AGENTS }, (_, index) => index);
    await Promise.all(numbers.map((index) => beatOf(yard, { index, number: done })));
  }
}

async function beatOf(yard: Yard, { index, number }: { index: number; number: number }): Promise<void> {
  const name = `agent${index}`;
  const at = yard.now();
  const heartbeat = specWorld()
    .agent(name)
    .beat(name, { at, beat: number + 1 })
    .state.heartbeats.get(name);
  if (!heartbeat) throw new Error('a world without the beat that was put there');
  const facts = { now: at, head: yard.head, by: name, push: null };
  // One of those that share a push draws the read model, as the last one of a real group does.
  const model = (heartbeats: Yard['state']['heartbeats'], sequence: number) =>
    index === AGENTS - 1 ? readModel({ ...yard.state, heartbeats }, { ...facts, sequence }) : null;
  await yard.live.beat({ heartbeat: () => heartbeat, model });
}

async function tidied(repository: string): Promise<number> {
  // The server's own upkeep may be at it just now; git lets nobody in beside it.
  await waitFor(() => git(['gc', '--quiet', '--prune=now'], { cwd: repository }).then(() => true), {
    what: 'the repository is tidied',
    timeoutMs: TIDY_MS,
  });
  return sizeOf(repository);
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(folder, name))));
  return sizes.reduce((sum, it) => sum + (it.isFile() ? it.size : 0), 0);
}

async function liveSize(repository: string): Promise<number> {
  return Number(await git(['rev-list', '--objects', '--disk-usage', LIVE], { cwd: repository }));
}

interface Found {
  readonly jobs: number;
  readonly beats: number;
  readonly first: number;
  readonly untidy: number;
  readonly last: number;
  readonly live: number;
}

function rows({ jobs, beats, first, untidy, last, live }: Found): MicroResult[] {
  const [many, all] = [beats.toLocaleString('en'), jobs.toLocaleString('en')];
  const row = (key: string, what: string, bytes: number) =>
    summarise({ key: `growth-${key}`, what, unit: 'kB' }, [bytes / 1000]);
  return [
    row('first', `repository of ${all} jobs after ${AGENTS} beats, tidied`, first),
    row('untidy', `the same after ${many} beats (${AGENTS} a push), not tidied`, untidy),
    row('last', `the same after ${many} beats, tidied`, last),
    row('live', `the live ref then`, live),
    summarise({ key: 'growth-ratio', what: `tidied: after ${many} beats ÷ after ${AGENTS}`, unit: '×' }, [
      last / first,
    ]),
    summarise({ key: 'growth-job', what: 'tidied: a job from submission to end', unit: 'bytes' }, [
      (first - live) / jobs,
    ]),
  ];
}
