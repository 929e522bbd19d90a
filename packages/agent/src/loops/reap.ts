/**
 * Takes jobs back from holders that are gone: at once where the loss is certain, otherwise when the holder gave no sign for a
 * quarter more than its lease, or does not begin in time. Every agent does this for every other, and ends what waited too
 * long; the token, or the facts that were seen, make it happen once.
 */
import { endLostBuild } from '@gityard/builder';
import { type Attempt, currentAttempt, isHeld, type Job, newerSchema } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { sawDie } from '../home/life.ts';
import { tellLost } from '../jobs/job-spans.ts';
import { jittered, monotonicMs, pause } from '../pause.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';
import { expireAll } from './expire.ts';
import { Sightings } from './sightings.ts';

export interface Loss {
  readonly job: Job;
  readonly reason: string;
  /** The try whose agent died on this very machine, so that its programs may be running on here. */
  readonly diedHere?: Attempt;
}

export async function reap(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { yard } = context;
  // Begun anew after each failure to read the remote: then nobody may be blamed for a silence that was ours.
  const sightings = new Sightings();
  let readMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    if (monotonicMs() - readMs >= liveEveryMs(context) || knowsTooLittle(context)) {
      await yard.live.refresh(signal);
      readMs = monotonicMs();
      sightings.observe(yard.state, { nowMs: readMs, gapMs: longestGapMs(context) });
    }
    const losses = [
      ...(await certainLosses(context)),
      ...silences(context, sightings),
      ...idleClaims(context, sightings),
    ];
    await takeBackAll(context, losses, signal);
    await expireAll(context, signal);
    line.doing(doingText(context));
    await pause(jittered(yard.state.yard.poll.seconds * 1000, 0.1), signal);
  }
}

/** Often enough to tell a silence from a slow beat, and never more often than we look at the state. */
function liveEveryMs({ yard, lease }: AgentContext): number {
  const config = yard.state.yard;
  const fromLease = Math.min(lease.lengthMs(config) / 8, lease.intervalMs(config));
  return Math.max(config.poll.seconds * 1000, fromLease);
}

const longestGapMs = (context: AgentContext): number =>
  2 * liveEveryMs(context) + 2 * context.yard.state.yard.poll.seconds * 1000 + 1_000;

/** Whether a holder's present life was never heard of here: it began after our last look. */
function knowsTooLittle(context: AgentContext): boolean {
  const { heartbeats } = context.yard.state;
  return othersHeld(context).some(
    ({ job, attempt }) => attempt.boot !== null && heartbeats.get(job.agent ?? '')?.boot !== attempt.boot,
  );
}

interface Held {
  readonly job: Job;
  readonly attempt: Attempt;
}

function othersHeld({ yard, self }: AgentContext): Held[] {
  return [...yard.state.jobs].filter(isHeld).flatMap((job) => {
    const attempt = currentAttempt(job);
    return attempt && attempt.boot !== self.boot ? [{ job, attempt }] : [];
  });
}

/** Needs no waiting: the holder began a new life, or its process is seen to be gone from this very machine. */
export async function certainLosses(context: AgentContext): Promise<Loss[]> {
  const losses = await Promise.all(othersHeld(context).map((held) => certainLoss(context, held)));
  return losses.filter((loss) => loss !== undefined);
}

async function certainLoss({ yard }: AgentContext, { job, attempt }: Held): Promise<Loss | undefined> {
  if (attempt.boot === null) return undefined;
  const registered = yard.state.agents.get(attempt.agent);
  if (registered && registered.boot !== attempt.boot)
    return { job, reason: `${attempt.agent} began anew, and no longer runs what it held before` };
  const heartbeat = yard.state.heartbeats.get(attempt.agent);
  if (heartbeat?.boot !== attempt.boot || !(await sawDie(heartbeat))) return undefined;
  const reason = `the process ${heartbeat.pid} of ${attempt.agent} is gone from ${heartbeat.host}`;
  return { job, reason, diedHere: attempt };
}

function silences({ yard, self }: AgentContext, sightings: Sightings): Loss[] {
  const { state } = yard;
  return sightings
    .overdue(state)
    .filter(({ attempt }) => attempt.boot !== self.boot)
    .map(({ job, attempt, quietMs }) => ({ job, reason: silenceText(attempt, quietMs) }));
}

/** Its own as well: a claim of ours that does not begin helps nobody. */
const idleClaims = ({ yard }: AgentContext, sightings: Sightings): Loss[] =>
  sightings.notStarted(yard.state).map(({ job, attempt, quietMs }) => ({
    job,
    reason: `${attempt.agent} claimed it ${Math.round(quietMs / 1000)} s ago and has not begun`,
  }));

function silenceText({ agent, boot }: Attempt, quietMs: number): string {
  const seconds = Math.round(quietMs / 1000);
  return boot === null
    ? `${agent} holds it by hand since ${seconds} s, longer than it may run`
    : `${agent} gave no sign of life for ${seconds} s`;
}

export async function takeBackAll(context: AgentContext, losses: readonly Loss[], signal: AbortSignal): Promise<void> {
  if (newerSchema(context.yard.state) !== null) return;
  for (const loss of losses) {
    if (signal.aborted) return;
    await ourTurn(context, loss.job.id, signal);
    if (isStillHeld(context, loss.job)) await takeBack(context, loss);
  }
}

function isStillHeld({ yard }: AgentContext, { id, token }: Job): boolean {
  const job = yard.state.jobs.get(id);
  return job !== undefined && isHeld(job) && job.token === token;
}

async function takeBack({ yard, self, emit, options }: AgentContext, { job, reason, diedHere }: Loss): Promise<void> {
  // First, so that no two tries at one job ever run side by side.
  if (diedHere) await endLostBuild({ agent: diedHere.agent, job: job.id, token: job.token, graceMs: options.graceMs });
  const input = { jobId: job.id, token: job.token, by: self.id, reason, now: yard.now() };
  const answer = await yard.perform('requeue', input);
  if (!answer.ok) return;
  tellLost(job, input);
  emit({ kind: 'requeued', job: job.id, token: job.token, text: reason });
}

function doingText(context: AgentContext): string {
  const count = othersHeld(context).length;
  return count === 0 ? 'nothing to watch over' : `watching over ${count} ${count === 1 ? 'job' : 'jobs'} of others`;
}
