/** The names that a snapshot knows, for files that name things. Pure. */
import type { ReadModel } from '@gityard/domain';
import type { Fleet } from './lint-wish.ts';

export const fleetOf = ({ agents, jobs, messages, locks }: ReadModel): Fleet => ({
  agents: agents.map(({ id }) => id),
  labels: [...new Set(agents.flatMap(({ labels, pool }) => [...labels, pool]))],
  jobs: jobs.map(({ id }) => id),
  messages: messages.map(({ id }) => id),
  locks: locks.map(({ name }) => name),
});
