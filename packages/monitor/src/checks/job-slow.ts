/** Builds that run on and on, and a queue in which one waits too long. How long is too long stands in yard.json. */
import { aFinding, BUILD_LABELS, type Check, keyOf } from '../finding.ts';

export const jobRunsLong: Check = {
  name: 'job-runs-long',
  find: ({ needs }) =>
    needs
      .filter(({ code }) => code === 'job-runs-long')
      .map(({ text, refs: [id = ''] }) =>
        aFinding({
          key: keyOf('job-runs-long', id),
          says: 'runs-long',
          title: `job ${id} runs too long`,
          text,
          remedies: [`gityard job logs ${id} -f`, `gityard job cancel ${id}`],
          labels: BUILD_LABELS,
        }),
      ),
  howItEnded: ({ state }, id) => `job ${id} is ${state.jobs.get(id)?.status ?? 'over'}`,
};

/** One for the whole queue: which job is the oldest changes with every claim. */
export const queueSlow: Check = {
  name: 'queue-slow',
  find: ({ needs }) =>
    needs
      .filter(({ code }) => code === 'oldest-wait')
      .slice(0, 1)
      .map(({ text, refs: [id = ''] }) =>
        aFinding({
          key: keyOf('queue-slow', 'queue'),
          says: 'waits-long',
          title: 'jobs wait too long for an agent',
          text,
          remedies: [`gityard job why ${id}`, 'gityard simulate --agents +1'],
        }),
      ),
  howItEnded: () => 'no job waits too long any more',
};
