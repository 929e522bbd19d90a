/**
 * What would happen: a fleet and its queue on a clock of their own. Every claim and every end is the operation that agents
 * perform, so the order, the needs, the locks and the groups are those of life. Knows nothing of why somebody asks.
 */

import { applyChanges } from '../apply-changes.ts';
import { NO_RESULT } from '../entities/build-result.ts';
import { isHeld, type Job } from '../entities/job.ts';
import { hasNamespaces } from '../namespaces/namespace-of.ts';
import { reachedQuotas } from '../namespaces/quotas.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { finishJob } from '../operations/jobs/finish-job.ts';
import { boardOf } from '../scheduling/board.ts';
import { freeSlots } from '../scheduling/pick.ts';
import { putJob, type State } from '../state.ts';
import { CLOCK_SLACK_MS, toMs, toTime } from '../time.ts';

/** How a job goes once somebody has it. */
export interface Run {
  readonly lengthMs: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
}

export interface Setting {
  readonly state: State;
  readonly startMs: number;
  /** Jobs that are still to come, each at the time of its submission. */
  readonly arrivals: readonly Job[];
  /** Who claims; the others only finish what they hold. */
  readonly claimers: ReadonlySet<string>;
  readonly runOf: (job: Job) => Run;
}

export interface Span {
  readonly job: string;
  readonly agent: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Course {
  /** Of every job that was held, in the order of their beginning. */
  readonly spans: readonly Span[];
  /** As it is when nothing more can happen. What is queued then would wait for ever. */
  readonly state: State;
}

export function courseOf(setting: Setting): Course {
  const playing = new Playing(setting);
  do playing.claimAll();
  while (playing.goOn());
  return { spans: playing.spans, state: playing.state };
}

interface Running extends Span {
  readonly token: number;
  readonly status: Run['status'];
}

class Playing {
  state: State;
  readonly spans: Span[] = [];
  private nowMs: number;
  private readonly setting: Setting;
  private readonly arrivals: readonly Job[];
  private arrived = 0;
  private running: readonly Running[];
  private readonly freeSinceMs = new Map<string, number>();

  constructor(setting: Setting) {
    this.setting = setting;
    this.state = setting.state;
    this.nowMs = setting.startMs;
    this.arrivals = [...setting.arrivals].sort((a, b) => submittedMs(a) - submittedMs(b) || (a.id < b.id ? -1 : 1));
    this.running = boardOf(setting.state).held.flatMap((job) => this.runningOf(job) ?? []);
    this.spans.push(...this.running);
    this.happen();
  }

  /** To the next instant at which something happens; false when nothing does any more. */
  goOn(): boolean {
    const next = Math.min(this.nextArrivalMs(), ...this.running.map((it) => it.endMs), this.nextWakeMs());
    if (!Number.isFinite(next)) return false;
    this.nowMs = Math.max(this.nowMs, next);
    this.happen();
    return true;
  }

  /** Who has been free longest claims first, as a fleet whose members take turns. */
  claimAll(): void {
    if (boardOf(this.state).queued.length === 0) return;
    const idle = [...this.setting.claimers].sort(
      (a, b) => (this.freeSinceMs.get(a) ?? 0) - (this.freeSinceMs.get(b) ?? 0) || (a < b ? -1 : 1),
    );
    for (const agentId of idle) while (this.claim(agentId));
  }

  private claim(agentId: string): boolean {
    const agent = this.state.agents.get(agentId);
    if (!agent || freeSlots(this.state, agent) <= 0) return false;
    const decision = claimJob(this.state, { agentId, boot: null, now: toTime(this.nowMs) });
    if (!decision.ok) return false;
    this.state = applyChanges(this.state, decision.changes);
    const running = this.runningOf(decision.result);
    if (running) {
      this.running = [...this.running, running];
      this.spans.push(running);
    }
    return true;
  }

  private happen(): void {
    const over = this.running.filter((it) => it.endMs <= this.nowMs);
    if (over.length > 0) this.running = this.running.filter((it) => it.endMs > this.nowMs);
    for (const it of over) this.finish(it);
    const first = this.arrived;
    while (this.nextArrivalMs() <= this.nowMs) this.arrived++;
    this.state = applyChanges(this.state, this.arrivals.slice(first, this.arrived).map(putJob));
  }

  private finish({ job: jobId, agent: agentId, token, status, endMs }: Running): void {
    // Whatever else a failure would be tried again for: what a job took is in its length.
    const cause = status === 'failed' ? 'policy' : null;
    const input = { jobId, agentId, token, status, cause, ...NOTHING, now: toTime(endMs) } as const;
    const decision = finishJob(this.state, input);
    if (decision.ok) this.state = applyChanges(this.state, decision.changes);
    this.freeSinceMs.set(agentId, endMs);
  }

  private runningOf(job: Job): Running | undefined {
    const attempt = job.attempts.at(-1);
    if (!isHeld(job) || !attempt || job.agent === null) return undefined;
    const { lengthMs, status } = this.setting.runOf(job);
    const startMs = toMs(attempt.startedAt);
    // One that takes longer than expected may end at any moment.
    const endMs = Math.max(this.nowMs, startMs + lengthMs);
    return { job: job.id, agent: job.agent, startMs, endMs, token: job.token, status };
  }

  private nextArrivalMs(): number {
    const next = this.arrivals[this.arrived];
    return next ? submittedMs(next) : Number.POSITIVE_INFINITY;
  }

  /** When something ends by itself that keeps a job waiting. */
  private nextWakeMs(): number {
    const times = [...waitEnds(this.state), ...quotaEnds(this.state, this.nowMs)].filter((ms) => ms > this.nowMs);
    return Math.min(Number.POSITIVE_INFINITY, ...times);
  }
}

/** A start that was put off, a pause, an assignment, the hold of a lock. */
function waitEnds(state: State): number[] {
  const { queued } = boardOf(state);
  const { fleet, pools } = state.yard.paused;
  const locks = new Set(queued.flatMap((it) => it.locks));
  const holds = [...locks].flatMap((name) => state.locks.get(name)?.holders ?? []);
  const ends = [
    ...queued.flatMap((it) => [it.notBefore, it.assignedUntil, it.paused?.until]),
    ...[fleet, ...Object.values(pools)].map((it) => it?.until),
    ...Array.from(state.agents, (it) => it.modeUntil),
  ];
  const released = holds.flatMap(({ expiresAt }) => (expiresAt ? [toMs(expiresAt) + CLOCK_SLACK_MS + 1] : []));
  return [...ends.flatMap((it) => (it ? [toMs(it)] : [])), ...released];
}

/** The next day, where the minutes of this one are used up. */
function quotaEnds(state: State, nowMs: number): number[] {
  if (!hasNamespaces(state.yard)) return [];
  const now = toTime(nowMs);
  const ends = boardOf(state).queued.flatMap((job) => reachedQuotas(state, job, now).map((it) => it.until));
  return ends.flatMap((it) => (it ? [toMs(it)] : []));
}

const submittedMs = (job: Job): number => toMs(job.submittedAt);

const NOTHING = { exitCode: null, signal: null, reason: null, stages: [], result: NO_RESULT } as const;
