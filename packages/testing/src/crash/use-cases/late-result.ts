/** An agent that was away has the result of a job which was taken from it meanwhile. */
import { runAgent } from '../../simulation/actors/agent.ts';
import { untilDone } from '../../simulation/actors/program.ts';
import { openResults } from '../../simulation/actors/results.ts';
import { bystander, NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const ID = 'job-1';
const AGENT = 'build1';

export const handingInLate: UseCase = {
  name: 'handing in a result that comes too late',
  async prepare(world) {
    const { does } = bystander(world);
    const agent = (id: string) => ({
      id,
      host: id,
      boot: `boot of ${id}`,
      allows: { repositories: [], commands: true },
    });
    await does('submit', { id: ID, job: { command: ['build'] }, by: 'ada', now: NOON });
    for (const id of [AGENT, 'build2']) await does('register', { agent: agent(id), replaces: null, now: NOON });
    await does('claim', { agentId: AGENT, boot: `boot of ${AGENT}`, now: NOON });
    await does('requeue', { jobId: ID, token: 1, by: 'build2', reason: 'no sign of life', now: NOON });
    await does('claim', { agentId: 'build2', boot: 'boot of build2', now: NOON });
    await does('finish', { ...RESULT, agentId: 'build2', token: 2 });
  },
  async live(world, life, boot) {
    const { disk } = life.machine;
    if (!disk.read('begun')) {
      const spool = await untilDone(life, () => openResults(life));
      const input = { ...RESULT, status: 'failed', agentId: AGENT, token: 1 } as const;
      await untilDone(life, () => spool.accept([{ operation: { name: 'finish', input } }]));
      disk.files.set('begun', true);
    }
    await runAgent(world, life, boot);
  },
  isDone: (_, state) => (state?.jobs.get(ID)?.attempts[0]?.late ?? null) !== null,
  judge: (world, { jobs }) => {
    const { status, attempts: [first, second] = [] } = jobs.get(ID) ?? {};
    return [
      ...expectCounts(world, { 'note-late': 1, finish: 1 }),
      ...(status === 'succeeded' && first?.status === 'lost' && second?.status === 'succeeded'
        ? []
        : [`the job is ${status}, its attempts ${first?.status} and ${second?.status}`]),
    ];
  },
};

const RESULT = {
  jobId: ID,
  status: 'succeeded',
  cause: null,
  exitCode: 0,
  signal: null,
  reason: null,
  stages: [],
  result: { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null },
  now: NOON,
} as const;
