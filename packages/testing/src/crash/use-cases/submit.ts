/** Somebody asks for a build; the wish is on the disk before it is uttered. */
import { isFinished } from '@gityard/domain';
import { resubmit, submit } from '../../simulation/actors/submit-round.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const WISH = { id: 'wish-1', job: { command: ['build'] }, by: 'ada', now: NOON };

export const submitting: UseCase = {
  name: 'asking for a build',
  async live(world, life, boot) {
    const person = { world, life, name: 'ada', yard: openSimulatedYard(world, life, { actor: 'ada', boot }) };
    await resubmit(person);
    if (!world.promises.jobs.has(WISH.id)) await submit(person, WISH);
  },
  isDone: ({ promises }) => promises.jobs.has(WISH.id),
  judge: (world, { jobs }) => [
    ...expectCounts(world, { submit: 1 }),
    ...[...jobs]
      .filter((it) => it.id !== WISH.id || isFinished(it))
      .map((it) => `there is a job ${it.id}, ${it.status}`),
  ],
};
