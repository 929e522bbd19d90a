/** What may wait is accepted on a machine, and handed in when the yard answers. */
import type { Spooled } from '@gityard/yard';
import { untilDone } from '../../simulation/actors/program.ts';
import { openResults, waitingIn } from '../../simulation/actors/results.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const [JOB, MESSAGE] = ['job-1', 'message-1'];
const ITEMS: readonly Spooled[] = [
  { operation: { name: 'submit', input: { id: JOB, job: { command: ['build'] }, by: 'ada', now: NOON } } },
  {
    operation: { name: 'send', input: { id: MESSAGE, message: { from: 'ada', to: 'all', subject: 'hi' }, now: NOON } },
  },
];
const MOMENT_MS = 500;

export const spooling: UseCase = {
  name: 'accepting what may wait, and handing it in',
  async live(world, life, boot) {
    const { machine, ports } = life;
    const yard = world.calls.noting(openSimulatedYard(world, life, { actor: 'ada', boot }));
    const spool = await untilDone(life, () => openResults(life));
    if (!machine.disk.read('accepted')) {
      await untilDone(life, () => spool.accept(ITEMS));
      machine.disk.files.set('accepted', true);
    }
    for (; waitingIn(machine).length > 0; await ports.sleep(MOMENT_MS)) {
      await untilDone(life, async () => {
        await yard.refresh();
        await spool.replay(yard);
      });
    }
    world.promises.heard(JOB);
  },
  isDone: ({ promises }) => promises.jobs.has(JOB),
  judge: (world, { jobs, messages }) => [
    ...expectCounts(world, { submit: 1, send: 1 }),
    ...(jobs.size === 1 && messages.size === 1 ? [] : [`there are ${jobs.size} jobs and ${messages.size} messages`]),
  ],
};
