/** `claim` and `explain` speak of the same rules: whatever state a yard gets into, the one does what the other says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/wait-reason.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { playedOnce, SAME_RUNS } from '../spec/played-once.ts';
import { endOf } from '../spec/story.ts';
import type { State } from '../state.ts';
import { after } from '../time.ts';
import { agentHealth } from '../views/agent-health.ts';
import { explain } from '../views/explain.ts';
import { countAhead } from './ahead.ts';
import { asAsked } from './as-asked.ts';
import { isBlocked } from './blockers.ts';
import { boardOf } from './board.ts';
import { canRun } from './eligibility.ts';
import { claimOrder } from './order.ts';
import { whyIdle } from './pauses.ts';
import { freeSlots } from './pick.ts';
import { shareOf } from './shares.ts';
import { turnsOf } from './turns.ts';

const run = fc.array(fc.array(fc.nat(999), { minLength: 14, maxLength: 14 }), {
  minLength: 10,
  maxLength: 60,
  size: 'max',
});

const lastOf = playedOnce(endOf);

/** `check` sees the end of 300 stories. */
function always(check: (state: State, now: string) => void): void {
  fc.assert(
    fc.property(run, (throws) => {
      const { state, now } = lastOf(throws);
      check(state, now);
    }),
    SAME_RUNS,
  );
}

const queued = (state: State): Job[] => [...state.jobs].filter((job) => job.status === 'queued');
/** Also who was never heard of: it may be a person who claims by hand. */
const isPresent = (state: State, agent: Agent, now: string): boolean =>
  agentHealth(state.heartbeats.get(agent.id), now, state.yard) !== 'silent';
const isWilling = (state: State, agent: Agent): boolean =>
  (state.heartbeats.get(agent.id)?.takesNoJobs ?? null) === null;
const active = (state: State, now: string): Agent[] =>
  [...state.agents].filter((agent) => whyIdle(state, agent, now) === undefined);
const claims = (state: State, agent: Agent, now: string, jobId?: string) =>
  claimJob(state, { agentId: agent.id, boot: agent.boot, now, ...(jobId === undefined ? {} : { jobId }) });

/** The agents that the reasons of these codes speak of. */
function named(state: State, job: Job, now: string, codes: readonly WaitReason['code'][]): Agent[] {
  const reasons = explain(state, job, now).reasons.filter((it) => codes.includes(it.code));
  const ids = reasons.flatMap((it) => it.refs);
  return [...state.agents].filter((it) => ids.includes(it.id));
}

/** Reasons that lie in the job and its surroundings, not in the agents. */
const OWN: readonly WaitReason['code'][] = [
  'invalid',
  'paused',
  'needs-approval',
  'cycle',
  'need-missing',
  'need-failed',
  'needs-running',
  'not-before',
  'backing-off',
  'group-full',
  'quota-reached',
  'lock-held',
];

describe('in any state of a yard', () => {
  it('a claim gives the first of the jobs that this agent could claim', () => {
    always((state, now) => {
      for (const agent of active(state, now)) {
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
      for (const agent of active(state, now)) {
        const decision = claims(state, agent, now);
        if (!decision.ok) continue;
        const others = queued(state).filter((job) => claims(state, agent, now, job.id).ok);
        expect(Math.min(...others.map((job) => job.priority))).toBe(decision.result.priority);
      }
    });
  });

  it('with ageing too, no claim passes a job that waits longer, is no less urgent, and whose submitter has no more', () => {
    always((state, now) => {
      for (const agent of active(state, now)) {
        const decision = claims(state, agent, now);
        if (!decision.ok) continue;
        const { result: given } = decision;
        const { shares } = boardOf(state);
        const share = shareOf(shares, given);
        const passed = queued(state).filter((job) => {
          const { running, servedMs } = shareOf(shares, job);
          const hasNoMore = running <= share.running && servedMs <= share.servedMs;
          return hasNoMore && job.priority <= given.priority && job.submittedAt < given.submittedAt;
        });
        expect(passed.filter((job) => claims(state, agent, now, job.id).ok)).toEqual([]);
      }
    });
  });

  it('an agent with a free slot can claim a job just when it fits and nothing blocks the job', () => {
    always((state, now) => {
      for (const agent of active(state, now).filter((it) => freeSlots(state, it) > 0)) {
        for (const job of queued(state)) {
          const blocked = explain(state, job, now).reasons.some((reason) => OWN.includes(reason.code));
          expect(claims(state, agent, now, job.id).ok).toBe(!blocked && canRun(agent, asAsked(state, job, now)));
        }
      }
    });
  });

  it('what is given was not paused, its time had come, and the agent has every label of it', () => {
    always((state, now) => {
      for (const agent of active(state, now)) {
        const decision = claims(state, agent, now);
        if (!decision.ok) continue;
        const { paused, notBefore, labels } = state.jobs.get(decision.result.id) ?? {};
        expect([(paused?.until ?? (paused ? after(now, 1) : now)) <= now, (notBefore ?? now) <= now]).toEqual([
          true,
          true,
        ]);
        expect([...agent.labels, agent.pool, agent.id]).toEqual(expect.arrayContaining(labels ?? ['unknown']));
      }
    });
  });

  it('nothing is given to who is away, has no free slot, or is another daemon of that name', () => {
    always((state, now) => {
      for (const agent of state.agents) {
        expect(claims(state, { ...agent, boot: 'another' }, now).ok).toBe(false);
        if (whyIdle(state, agent, now) === undefined && freeSlots(state, agent) > 0) continue;
        expect(claims(state, agent, now).ok).toBe(false);
      }
    });
  });

  it('what can never run, nobody can claim but who is silent or takes no jobs by its own word', () => {
    always((state, now) => {
      for (const job of queued(state).filter((it) => !explain(state, it, now).canEverRun)) {
        for (const agent of active(state, now).filter((it) => isPresent(state, it, now) && isWilling(state, it))) {
          expect(claims(state, agent, now, job.id).ok).toBe(false);
        }
      }
    });
  });

  it('whoever a job is said to wait for can claim it, and gets it when nothing is ahead', () => {
    always((state, now) => {
      for (const job of queued(state)) {
        const { ahead } = explain(state, job, now);
        for (const agent of named(state, job, now, ['just-queued', 'agents-unheard'])) {
          expect(isPresent(state, agent, now) && isWilling(state, agent)).toBe(true);
          expect(claims(state, agent, now, job.id).ok).toBe(true);
          if (ahead === 0) expect(claims(state, agent, now)).toMatchObject({ ok: true, result: { id: job.id } });
        }
      }
    });
  });

  it('whoever is said to be busy fits, and could claim the job were it not', () => {
    always((state, now) => {
      for (const job of queued(state)) {
        for (const agent of named(state, job, now, ['agents-busy'])) {
          const freed = { ...agent, slots: 99 };
          const free = { ...state, agents: state.agents.with(agent.id, freed) };
          expect(isPresent(state, agent, now) && isWilling(state, agent)).toBe(true);
          expect(claims(state, agent, now, job.id).ok).toBe(false);
          expect(claims(free, freed, now, job.id).ok).toBe(true);
        }
      }
    });
  });

  it('the turns begin with what is claimed next, and tell of each job how many come before it', () => {
    always((state, now) => {
      const turns = turnsOf(state, now);
      const first = turns.find((it) => !it.blocked)?.job;
      const fits = (job: Job): boolean => [...state.agents].some((it) => canRun(it, asAsked(state, job, now)));
      const free = queued(state).filter((job) => !isBlocked(state, job, now) && (state.agents.size === 0 || fits(job)));
      expect(first?.id).toBe(free.sort(claimOrder(state, now))[0]?.id);
      for (const { job, ahead } of turns) expect([job.id, countAhead(state, job, now)]).toEqual([job.id, ahead]);
    });
  });

  it('no claim gives a submitter more while another, as urgent, has less and waits', () => {
    always((reached, now) => {
      const state = { ...reached, yard: { ...reached.yard, jobs: { ...reached.yard.jobs, ageingMinutes: 0 } } };
      for (const agent of active(state, now)) {
        const decision = claims(state, agent, now);
        if (!decision.ok) continue;
        const { shares } = boardOf(state);
        const { running } = shareOf(shares, decision.result);
        const others = queued(state).filter((job) => job.priority === decision.result.priority);
        const poorer = others.filter((job) => shareOf(shares, job).running < running);
        expect(poorer.filter((job) => claims(state, agent, now, job.id).ok)).toEqual([]);
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
