/** Choosing the next of very many jobs, and saying why one waits, warm after one of them changed: so an agent lives. */
import { type Agent, applyChanges, explain, type Job, pickJob, putJob, type State, Table } from '@gityard/domain';
import { world } from '@gityard/domain/spec';

import { sampleJob } from '../seed.ts';
import { type Micro, summarise } from './micro.ts';

const COUNTS = [1_000, 10_000, 100_000];
const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-03-02T12:00:00.000Z');

export const pickNextJob: Micro = async ({ size }) =>
  COUNTS.map((count) =>
    summarise(
      { key: `pick-${count}`, what: `picking the next of ${count.toLocaleString('en')} jobs, one changed` },
      pickAfterEachChange(count, { turns: size === 'quick' ? 10 : 40 }),
    ),
  );

export const explainOneJob: Micro = async ({ size }) => [
  summarise(
    { key: 'why-100000', what: 'saying why one of 100,000 jobs waits, one changed' },
    afterEachChange(100_000, size === 'quick' ? 10 : 40, ({ state, now }) => {
      const job = state.jobs.get('job-500');
      if (!job || explain(state, job, now).position === null) throw new Error('no place for a job that waits');
    }),
  ),
];

const pickAfterEachChange = (count: number, { turns }: { turns: number }): number[] =>
  afterEachChange(count, turns, ({ state, agent, now }) => {
    if (!pickJob(state, agent, now)) throw new Error('no job was picked out of very many');
  });

interface Crowd {
  readonly state: State;
  readonly agent: Agent;
  readonly now: string;
}

function afterEachChange(count: number, turns: number, act: (crowd: Crowd) => void): number[] {
  const sample = sampleJob();
  let { state, agent } = crowded(sample, count);
  const now = new Date(START_MS + DAY_MS).toISOString();
  act({ state, agent, now });
  return Array.from({ length: turns }, (_, turn) => {
    const startedAt = performance.now();
    state = applyChanges(state, [putJob(jobNumber(sample, { number: turn * 7, priority: 1 + (turn % 9) }))]);
    act({ state, agent, now });
    return performance.now() - startedAt;
  });
}

function crowded(sample: Job, count: number): { state: State; agent: Agent } {
  const { state } = world().agent('bench').beat('bench');
  const agent = state.agents.get('bench');
  if (!agent) throw new Error('a world without the agent that was put there');
  const jobs = Array.from({ length: count }, (_, number) => {
    const job = jobNumber(sample, { number, priority: 1 + (number % 9) });
    return [job.id, job] as const;
  });
  return { state: { ...state, jobs: Table.of(jobs) }, agent };
}

function jobNumber(sample: Job, { number, priority }: { number: number; priority: number }): Job {
  const submittedAt = new Date(START_MS + (number % 1_000) * 1_000).toISOString();
  return { ...sample, id: `job-${number}`, priority, submittedAt };
}
