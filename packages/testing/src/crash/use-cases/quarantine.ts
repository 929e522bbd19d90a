/** A file that a person broke is judged: put back, kept, and its author told. */
import { judgeBroken, pathOf } from '@gityard/yard';
import { untilDone } from '../../simulation/actors/program.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { breakFile } from '../break-file.ts';
import { bystander, NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const ID = 'job-1';

export const quarantining: UseCase = {
  name: 'judging a broken file',
  async prepare(world) {
    await bystander(world).does('submit', { id: ID, job: { command: ['build'] }, by: 'ada', now: NOON });
    await breakFile(world, pathOf('job', ID));
  },
  async live(world, life, boot) {
    const yard = openSimulatedYard(world, life, { actor: 'build1', boot });
    const makeId = () => `told-${boot}`;
    await untilDone(life, async () => {
      await yard.refresh();
      await judgeBroken(yard, { now: yard.now(), makeId });
    });
  },
  isDone: (_, state) => state !== undefined && [...state.broken].length === 0,
  judge: (world, { quarantine, messages, jobs }) => [
    ...expectCounts(world, { quarantine: 1 }),
    ...([...quarantine].length === 1 ? [] : [`${[...quarantine].length} files were set aside`]),
    ...([...messages].length === 1 ? [] : [`its author was told ${[...messages].length} times`]),
    ...(jobs.get(ID)?.status === 'queued' ? [] : [`the job is ${jobs.get(ID)?.status}`]),
  ],
};
