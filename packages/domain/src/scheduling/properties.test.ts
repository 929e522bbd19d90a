/** `claim` and `explain` speak of the same rules: whatever state a yard gets into, the one does what the other says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { claimJob } from '../operations/claim-job.ts';
import { endOf } from '../spec/story.ts';
import type { State } from '../state.ts';
import { agentHealth } from '../views/agent-health.ts';
import { explain } from '../views/explain.ts';
import { canRun } from './eligibility.ts';
import { claimOrder } from './order.ts';
import { freeSlots } from './pick.ts';

const run = fc.array(fc.array(fc.nat(999), { minLength: 14, maxLength: 14 }), {
  minLength: 10,
  maxLength: 60,
  size: 'max',
});

/** `check` sees the end of 300 stories. */
function always(check: (state: State, now: string) => void): void {
  fc.assert(
    fc.property(run, (throws) => {
      const { state, now } = endOf(throws);
      check(state, now);
    }),
    { numRuns: 300 },
  );
}

const queued = (state: State): Job[] => [...state.jobs].filter((job) => job.status === 'queued');
/** Also who was never heard of: it may be a person who claims by hand. */
const isPresent = (state: State, agent: Agent, now: string): boolean =>
  agentHealth(state.heartbeats.get(agent.id), now, state.yard) !== 'silent';
const isLive = (state: State, agent: Agent, now: string): boolean =>
  ['fresh', 'late'].includes(agentHealth(state.heartbeats.get(agent.id), now, state.yard));
const active = (state: State): Agent[] => [...state.agents].filter((agent) => agent.mode === 'active');
const claims = (state: State, agent: Agent, now: string, jobId?: string) =>
  claimJob(state, { agentId: agent.id, boot: agent.boot, now, ...(jobId === undefined ? {} : { jobId }) });

/** Reasons that lie in the job and its surroundings, not in the agents. */
const OWN: readonly string[] = [
  'paused',
  'cycle',
  'need-missing',
  'need-failed',
  'needs-running',
  'not-before',
  'backing-off',
  'group-full',
  'lock-held',
];

describe('in any state of a yard', () => {
  it('a claim gives the first of the jobs that this agent could claim', () => {
    always((state, now) => {
      for (const agent of active(state)) {
        const decision = claims(state, agent, now);
        const possible = queued(state).filter((job) => claims(state, agent, now, job.id).ok);
        const [first] = possible.sort(claimOrder(state, now));
        expect(decision.ok ? decision.result.id : undefined).toBe(first?.id);
      }
    });
  });

  it('without ageing, no claim passes a job of a lower number', () => {
    always((reached, now) => {
      const state = { ...reached, yard: { ...reached.yard, jobs: { ...reached.yard.jobs, ageingMinutes: 0 } } };
      for (const agent of active(state)) {
        const decision = claims(state, agent, now);
        if (!decision.ok) continue;
        const others = queued(state).filter((job) => claims(state, agent, now, job.id).ok);
        expect(Math.min(...others.map((job) => job.priority))).toBe(decision.result.priority);
      }
    });
  });

  it('an agent with a free slot can claim a job just when it fits and nothing blocks the job', () => {
    always((state, now) => {
      for (const agent of active(state).filter((it) => freeSlots(state, it) > 0)) {
        for (const job of queued(state)) {
          const blocked = explain(state, job, now).reasons.some((reason) => OWN.includes(reason.code));
          expect(claims(state, agent, now, job.id).ok).toBe(!blocked && canRun(agent, job));
        }
      }
    });
  });

  it('nobody is given a job of which it lacks a label', () => {
    always((state, now) => {
      for (const agent of active(state)) {
        const decision = claims(state, agent, now);
        if (decision.ok)
          expect([...agent.labels, agent.pool, agent.id]).toEqual(expect.arrayContaining(decision.result.labels));
      }
    });
  });

  it('what can never run, nobody who is not silent can claim', () => {
    always((state, now) => {
      for (const job of queued(state).filter((it) => !explain(state, it, now).canEverRun)) {
        for (const agent of active(state).filter((it) => isPresent(state, it, now))) {
          expect(claims(state, agent, now, job.id).ok).toBe(false);
        }
      }
    });
  });

  it('what is just queued with nothing ahead is what a live agent gets', () => {
    always((state, now) => {
      for (const job of queued(state)) {
        const { reasons, ahead } = explain(state, job, now);
        if (ahead > 0 || !reasons.some((reason) => reason.code === 'just-queued')) continue;
        const live = active(state).filter((agent) => isLive(state, agent, now));
        const given = live.map((agent) => claims(state, agent, now)).filter((it) => it.ok);
        expect(given.map((it) => it.result.id)).toContain(job.id);
      }
    });
  });

  it('every waiting job has a reason, and sentences without holes', () => {
    always((state, now) => {
      for (const job of queued(state)) {
        const { reasons } = explain(state, job, now);
        expect(reasons).not.toEqual([]);
        for (const { text } of reasons) expect(text).not.toMatch(/undefined|null|NaN|\[object|by $|by ,/);
      }
    });
  });
});
