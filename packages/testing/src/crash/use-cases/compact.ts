/** What is over goes into the archive, and the history is cut. */
import { compactYard } from '@gityard/yard';
import { untilDone } from '../../simulation/actors/program.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { bystander, NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const MONTHS_LATER = '2030-04-01T12:00:00.000Z';
const EPOCHS = 'refs/gityard/epochs/';

export const compacting: UseCase = {
  name: 'archiving what is over and cutting the history',
  async prepare(world) {
    const { does } = bystander(world);
    for (const id of ['over', 'open']) await does('submit', { id, job: { command: ['build'] }, by: 'ada', now: NOON });
    await does('cancel', { jobId: 'over', by: 'ada', reason: 'not needed', now: NOON });
  },
  async live(world, life, boot) {
    const yard = world.calls.noting(openSimulatedYard(world, life, { actor: 'keeper', boot }));
    await untilDone(life, async () => {
      await yard.refresh();
      await compactYard(yard, { now: MONTHS_LATER, ports: life.ports });
    });
  },
  isDone: (_, state) => state?.epoch?.epoch !== undefined && state.jobs.size === 1,
  judge: (world, { epoch, archive, jobs }) => {
    const kept = [...world.repository.memory.refs.keys()].filter((it) => it.startsWith(EPOCHS));
    return [
      ...expectCounts(world, { archive: 1, submit: 2, cancel: 1, compact: 1 }),
      ...(epoch?.epoch === 1 && kept.join() === `${EPOCHS}0` ? [] : [`it is epoch ${epoch?.epoch}, after ${kept}`]),
      ...([...archive].reduce((sum, it) => sum + it.files, 0) === 1 ? [] : ['the archive does not hold one file']),
      ...(jobs.get('open') ? [] : ['the open job is gone']),
    ];
  },
};
