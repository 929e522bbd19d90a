/**
 * The jobs of the past once more, with the fleet as it is and with another: how long they would have waited. A job takes what
 * its attempts took together. Jobs that nobody ever ran took no known time, and are left out and counted.
 */
import type { Agent } from '../entities/agent.ts';
import { isFinished, type Job } from '../entities/job.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { emptyState, type State } from '../state.ts';
import { Table } from '../table.ts';
import { elapsedMs, toMs } from '../time.ts';
import { courseOf, type Run } from './course.ts';
import { type Figures, figuresOf, type Quantiles, quantilesOf } from './figures.ts';

export interface Workload {
  readonly jobs: readonly Job[];
  readonly runs: ReadonlyMap<string, Run>;
  /** Not ended yet, or ended without an attempt. */
  readonly leftOut: number;
  /** What the waits really were. */
  readonly observed: Quantiles;
}

export interface Fleet {
  readonly agents: readonly Agent[];
  readonly yard: YardConfig;
}

export function workloadOf(jobs: Iterable<Job>): Workload {
  const all = [...jobs];
  const done = all.filter((job) => isFinished(job) && lengthMsOf(job) !== null);
  const known = new Set(done.map((it) => it.id));
  return {
    jobs: done.map((job) => untried(job, known)),
    runs: new Map(done.map((job) => [job.id, { lengthMs: lengthMsOf(job) ?? 0, status: endOf(job) }])),
    leftOut: all.length - done.length,
    observed: quantilesOf(done.map((job) => elapsedMs(job.submittedAt, job.attempts[0]?.startedAt ?? job.submittedAt))),
  };
}

export function replay({ jobs, runs }: Workload, { agents, yard }: Fleet): Figures {
  // A pause of today was none then, and what ran had its approvals.
  const fleet: State = {
    ...emptyState({ ...yard, paused: { fleet: null, pools: {} }, approvals: [] }),
    agents: Table.of(agents.map((it) => [it.id, it] as const)),
  };
  const startMs = jobs.reduce((first, it) => Math.min(first, toMs(it.submittedAt)), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(startMs)) return figuresOf({ jobs, agents, spans: [] });
  const { spans } = courseOf({
    state: fleet,
    startMs,
    arrivals: jobs,
    claimers: new Set(agents.map((it) => it.id)),
    runOf: ({ id }) => runs.get(id) ?? { lengthMs: 0, status: 'succeeded' },
  });
  return figuresOf({ jobs, agents, spans });
}

/** Null: no attempt that has ended, or one whose stamps make no sense. */
function lengthMsOf({ attempts }: Job): number | null {
  const lengths = attempts.flatMap((it) => (it.endedAt === null ? [] : [elapsedMs(it.startedAt, it.endedAt)]));
  const sum = lengths.reduce((all, it) => all + Math.max(0, it), 0);
  return lengths.length === 0 || !Number.isFinite(sum) ? null : sum;
}

const endOf = ({ status }: Job): Run['status'] =>
  status === 'succeeded' || status === 'cancelled' ? status : 'failed';

/** As it was asked for. What it needed of jobs that are not played again was there. */
function untried(job: Job, known: ReadonlySet<string>): Job {
  return {
    ...job,
    status: 'queued',
    token: 0,
    agent: null,
    attempts: [],
    result: null,
    cancelRequested: null,
    paused: null,
    approval: null,
    notBefore: null,
    queuedAt: null,
    assignedUntil: null,
    endedAt: null,
    key: null,
    needs: job.needs.filter((it) => known.has(it)),
  };
}
