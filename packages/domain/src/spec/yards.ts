/** Two sets of settings that a story goes between: one with patience, one that gives up soon. */
import { NO_GATE } from '../entities/approval.ts';
import type { InputOf } from '../operations/list.ts';
import { theYard } from './samples.ts';

export const aSlowYard: InputOf<'configure'>['config'] = {
  jobs: { ...theYard().jobs, timeoutSeconds: 3600, lostAttempts: 3, ageingMinutes: 60 },
  groups: {},
  people: { bob: { roles: ['BuildMaster'], names: [] }, carl: { roles: [], names: ['carl@example.org'] } },
  approvals: [],
  autoReplies: [
    {
      name: 'thanks',
      to: '*',
      from: '*',
      type: null,
      match: '',
      as: null,
      perHour: 3,
      reply: { subject: 're: {subject}', body: '' },
    },
  ],
};
export const anImpatientYard: InputOf<'configure'>['config'] = {
  jobs: { ...theYard().jobs, timeoutSeconds: 60, queueTimeoutSeconds: 600, lostAttempts: 0, ageingMinutes: 1 },
  groups: { g1: { limit: 2 } },
  approvals: [{ ...NO_GATE, name: 'cards', repositories: [], branches: [], labels: ['g*'], role: 'Developer' }],
};
