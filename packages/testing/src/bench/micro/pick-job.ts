/** Choosing the next of very many jobs, warm after one of them changed, which is how an agent lives. */
import { type Agent, applyChanges, type Job, pickJob, putJob, type State, Table } from '@gityard/domain';
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

function pickAfterEachChange(count: number, { turns }: { turns: number }): number[] {
  const sample = sampleJob();
  let { state, agent } = crowded(sample, count);
  const now = new Date(START_MS + DAY_MS).toISOString();
  pickJob(state, agent, now);
  return Array.from({ length: turns }, (_, turn) => {
    const startedAt = performance.now();
    state = applyChanges(state, [putJob(jobNumber(sample, { number: turn * 7, priority: 1 + (turn % 9) }))]);
    if (!pickJob(state, agent, now)) throw new Error('no job was picked out of very many');
    return performance.now() - startedAt;
  });
}

function crowded(sample: Job, count: number): { state: State; agent: Agent } {
  const { state } = world().agent('bench');
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
