/**
 * Takes an agent out of the fleet for a while after several builds in a row that failed by no fault of their own: a machine
 * with a broken disk or a dead network fails quickly, is idle again at once, and would eat the whole queue. It comes back by
 * itself, later each time, or when a person resumes it.
 */
import type { Agent } from '../../entities/agent.ts';
import type { Attempt } from '../../entities/attempt.ts';
import { currentAttempt, type Job } from '../../entities/job.ts';
import { type Change, putAgent, type State } from '../../state.ts';
import { clipped } from '../../text.ts';
import { after, isBefore, type Time, toMs } from '../../time.ts';

/** Who puts it there: nobody's person. */
const SICK_BY = 'gityard';
const LONGEST_MS = 86_400_000;

/** `ended` is the job with the attempt that has just ended, which is not in the state yet. */
export function sickOf(state: State, ended: Job, { agentId, now }: { agentId: string; now: Time }): readonly Change[] {
  const { sickAfter, sickMinutes } = state.yard.agents;
  const agent = state.agents.get(agentId);
  if (sickAfter === 0 || agent?.mode === 'draining' || currentAttempt(ended)?.cause !== 'infrastructure') return [];
  if (!agent || inMaintenance(agent, now)) return [];
  const faults = faultsInARow(state, ended, agent);
  if (faults.length < sickAfter) return [];
  const ms = Math.min(LONGEST_MS, sickMinutes * 60_000 * 2 ** Math.min(20, faults.length - sickAfter));
  const why = currentAttempt(ended)?.reason ?? 'no reason was given';
  const sick: Agent = {
    ...agent,
    mode: 'maintenance',
    modeReason: clipped(`sick: ${faults.length} builds in a row failed by its own fault, the last: ${why}`, 1000),
    modeSince: now,
    modeBy: SICK_BY,
    modeUntil: after(now, ms),
  };
  return [putAgent(sick)];
}

export const isSick = ({ mode, modeBy, modeReason }: Agent): boolean =>
  mode === 'maintenance' && modeBy === SICK_BY && (modeReason ?? '').startsWith('sick');

const inMaintenance = ({ mode, modeUntil }: Agent, now: Time): boolean =>
  mode === 'maintenance' && (modeUntil === null || isBefore(now, modeUntil));

/** The jobs of the newest attempts of an agent that failed by its fault, until one that did not. */
function faultsInARow(state: State, ended: Job, { id, mode, modeSince }: Agent): readonly string[] {
  // Who was resumed by a person is trusted again.
  const sinceMs = mode === 'active' && modeSince !== null ? toMs(modeSince) : 0;
  const tried = [ended, ...[...state.jobs].filter((it) => it.id !== ended.id)].flatMap((job) =>
    job.attempts.filter((it) => it.agent === id && isTold(it, sinceMs)).map((attempt) => ({ job, attempt })),
  );
  const newestFirst = tried.sort((a, b) => endMs(b.attempt) - endMs(a.attempt));
  const good = newestFirst.findIndex(({ attempt }) => attempt.cause !== 'infrastructure');
  const bad = good === -1 ? newestFirst : newestFirst.slice(0, good);
  const isExcused = excuses(state, { agentId: id, windowMs: state.yard.agents.sickMinutes * 60_000 });
  return [...new Set(bad.filter((it) => !isExcused(it)).map(({ job }) => job.id))];
}

/** Whether it says anything of the machine: who was cancelled or gave a job back was neither good nor bad. */
const isTold = ({ status, cause, endedAt }: Attempt, sinceMs: number): boolean =>
  endedAt !== null && toMs(endedAt) >= sinceMs && status !== 'cancelled' && status !== 'lost' && cause !== 'policy';

interface Tried {
  readonly job: Job;
  readonly attempt: Attempt;
}

/** What no machine can do is not the fault of this one: the same job, or the same repository at about the same time. */
function excuses(state: State, { agentId, windowMs }: { agentId: string; windowMs: number }) {
  return ({ job, attempt }: Tried): boolean => {
    if (job.attempts.some((it) => it.agent !== agentId && it.cause === 'infrastructure')) return true;
    if (job.repository === null) return false;
    const same = [...state.jobs].filter((it) => it.repository === job.repository);
    const others = same.flatMap((it) => it.attempts).filter((it) => it.agent !== agentId && isTold(it, 0));
    const near = others.filter((it) => Math.abs(endMs(it) - endMs(attempt)) <= windowMs);
    // Where another agent came along with it since, the repository was not to blame.
    return near.sort((a, b) => endMs(b) - endMs(a))[0]?.cause === 'infrastructure';
  };
}

const endMs = ({ endedAt }: Attempt): number => (endedAt === null ? 0 : toMs(endedAt));
