/** Somebody makes a repository a yard. */
import { createYard, DEFAULT_REFS } from '@gityard/yard';
import { untilDone } from '../../simulation/actors/program.ts';
import { Connection } from '../../simulation/connection.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

export const beginning: UseCase = {
  name: 'making a yard',
  beginsWithout: 'yard',
  async live(world, life) {
    const address = new Connection(world, life);
    await untilDone(life, () => createYard({ address, actor: 'ada', ports: life.ports }));
  },
  isDone: ({ repository }) => Object.values(DEFAULT_REFS).every((ref) => repository.memory.refs.has(ref)),
  judge: (world) => expectCounts(world, { begin: 1 }),
};
