/** An agent claims a job, builds it and hands its result in. */
import { runAgent } from '../../simulation/actors/agent.ts';
import { unfinished } from '../../simulation/verdict.ts';
import { bystander, NOON } from '../bystander.ts';
import { countOf } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const ID = 'job-1';

export const building: UseCase = {
  name: 'building a job',
  prepare: (world) => bystander(world).does('submit', { id: ID, job: { command: ['build'] }, by: 'ada', now: NOON }),
  live: runAgent,
  isDone: (world, state) => state !== undefined && unfinished(state, world).length === 0,
  judge: (world, { jobs }) => {
    const { attempts = [], token = 0 } = jobs.get(ID) ?? {};
    const ended = attempts.filter((it) => it.status === 'succeeded' || it.status === 'failed').length;
    return [
      ...(ended === 1 ? [] : [`${ended} attempts have a result`]),
      ...(countOf(world, 'finish') === 1 ? [] : [`it was finished ${countOf(world, 'finish')} times`]),
      ...(countOf(world, 'claim') === token
        ? []
        : [`it was claimed ${countOf(world, 'claim')} times, to token ${token}`]),
    ];
  },
};
