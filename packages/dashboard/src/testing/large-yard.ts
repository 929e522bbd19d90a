/** A yard as large as the page promises to bear: 100 servers, 1,000 open jobs, and all the rest as long as a snapshot holds it. */
import { after, type ReadModel, type Time } from '@gityard/domain';
import { sampleYard } from './sample-yard.ts';

const [SERVERS, JOBS, FINISHED, MESSAGES] = [100, 1_000, 50, 50];

export function largeYard(now: Time, changes: object = {}): ReadModel {
  const { agents, jobs, finished, messages } = sampleYard(now);
  const [held, waiting] = [jobs.slice(0, 3), jobs.slice(3)];
  const many = <T extends object>(count: number, all: readonly T[], each: (it: T, at: number) => object): object[] =>
    Array.from({ length: count }, (_, at) => {
      const sample = all[at % all.length] as T;
      return { ...sample, ...each(sample, at) };
    });
  return sampleYard(now, {
    agents: many(SERVERS, agents.slice(0, 5), (_, at) => ({ id: `build${String(at).padStart(3, '0')}` })),
    jobs: [
      ...many(37, held, (_, at) => ({ id: `01held${at}`, agent: `build${String(at).padStart(3, '0')}` })),
      ...many(JOBS - 37, waiting, (_, at) => ({ id: `01wait${at}`, submittedAt: after(now, -at * 20_000) })),
    ],
    finished: many(FINISHED, finished, (_, at) => ({ id: `01done${at}` })),
    messages: many(MESSAGES, messages, (_, at) => ({ id: `01mesg${at}` })),
    totals: { queued: JOBS - 37, running: 37, stuck: 385, succeededToday: 310, failedToday: 41 },
    ...changes,
  });
}
