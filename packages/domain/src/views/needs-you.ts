/** Everything that goes on only when a person acts, worst first, each as a sentence that says what and about what. */
import type { Agent } from '../entities/agent.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import { currentAttempt, type Job, whyEnded } from '../entities/job.ts';
import type { NeedsYou } from '../entities/read-model.ts';
import { burningObjectives } from '../objectives/objective-view.ts';
import { isSick } from '../operations/agents/sick-agent.ts';
import { missingAcks } from '../recipients.ts';
import { boardOf } from '../scheduling/board.ts';
import { matchOf } from '../scheduling/matching.ts';
import { modeOf, queuePauseOf, queuePauses, queuePauseText } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { clipped } from '../text.ts';
import { after, isBefore, isPast, type Time } from '../time.ts';
import { promisedIntervalMs } from './agent-health.ts';
import { agentStatus, agentsWorstFirst, isStopped } from './agent-status.ts';
import { type FileProblem, fileProblems } from './broken-files.ts';
import { brokenWork } from './broken-work.ts';
import { healthOf } from './fleet-health.ts';
import { machineHealth } from './machine-health.ts';
import { slowJobs } from './slow-jobs.ts';
import { upkeepLines } from './upkeep.ts';
import { waitingLine } from './waiting-line.ts';

export function needsYou(state: State, now: Time): readonly NeedsYou[] {
  return [
    ...pausedQueues(state, now),
    ...stuckJobs(state, now),
    ...slowJobs(state, now),
    ...burningObjectives(state, now),
    ...silentAgents(state, now),
    ...sickAgents(state, now),
    ...blindAgents(state, now),
    ...strainedMachines(state, now),
    ...returnedPrograms(state, now),
    ...muteAgents(state, now),
    ...failingUpkeep(state, now),
    ...fileProblems(state).map((it) => (state.queue.has(it.path) ? refusedFile(it) : brokenFile(it))),
    ...failedWork(state),
    ...overdueMessages(state, now),
    ...leftLocks(state, now),
  ];
}

/** One that ends by itself needs nobody. */
function pausedQueues(state: State, now: Time): NeedsYou[] {
  const lasting = queuePauses(state, now).filter(({ until }) => until === null);
  return lasting.map((pause) => {
    const { pool, at } = pause;
    const resume = pool === null ? 'gityard fleet resume' : `gityard pool resume ${pool}`;
    const text = `${queuePauseText(pause)}, since ${at}; ${resume} lets jobs run again`;
    return { code: 'queue-paused', text, refs: pool === null ? [] : [pool] };
  });
}

/** What a paused queue keeps is told once, by the pause. */
function stuckJobs(state: State, now: Time): NeedsYou[] {
  return waitingLine(state, now).flatMap(({ job, explanation }) => {
    const stuck = explanation.reasons.filter((it) => it.class === 'stuck');
    const reason = stuck.find((it) => it.code !== 'needs-approval') ?? stuck[0];
    if (reason?.code === 'needs-approval')
      return [{ code: reason.code, text: `job ${job.id} ${reason.text}`, refs: [job.id] }];
    if (!reason || (reason.code === 'all-matching-paused' && isKeptByQueue(state, job, now))) return [];
    return [{ code: 'job-stuck', text: `job ${job.id} is stuck: ${reason.text}`, refs: [job.id, ...reason.refs] }];
  });
}

const isKeptByQueue = (state: State, job: Job, now: Time): boolean =>
  matchOf(state, job, now).agents.some((agent) => queuePauseOf(state, agent, now) !== undefined);

/** Those with jobs in their hands first. One that was told to stop taking jobs may go when it has none. */
function silentAgents(state: State, now: Time): NeedsYou[] {
  const silent = agentsWorstFirst(state, now).filter(
    (agent) => agentStatus(state, agent, now) === 'Offline' && !isStopped(state, agent.id),
  );
  return silent.flatMap((agent) => {
    const held = boardOf(state).heldBy.get(agent.id) ?? [];
    const text = `agent ${agent.id} gives no sign of life since ${state.heartbeats.get(agent.id)?.at}`;
    if (held.length === 0)
      return modeOf(agent, now) === 'active' ? [{ code: 'agent-silent', text, refs: [agent.id] }] : [];
    const ids = held.map((job) => job.id).sort();
    return [{ code: 'agent-silent-holding', text: `${text} and holds ${ids.join(', ')}`, refs: [agent.id, ...ids] }];
  });
}

/** It comes back by itself, and will most likely fail again. */
function sickAgents(state: State, now: Time): NeedsYou[] {
  const sick = agentsWorstFirst(state, now).filter((it) => isSick(it) && modeOf(it, now) === 'maintenance');
  return sick.map(({ id, modeReason, modeUntil }) => {
    const why = (modeReason ?? '').replace(/[.…\s]+$/, '');
    const text = `agent ${id} is ${why}; it takes jobs again at ${modeUntil}, or with gityard agent resume ${id}`;
    return { code: 'agent-sick', text, refs: [id] };
  });
}

/**
 * Its heartbeats come through, so it is not the network that keeps it from seeing the yard: somebody rewrote the history, or
 * took the branch away. By then its own copy may be all that remembers.
 */
function blindAgents(state: State, now: Time): NeedsYou[] {
  return agentsWorstFirst(state, now).flatMap(({ id }) => {
    const heartbeat = state.heartbeats.get(id);
    const error = heartbeat?.loops.find((it) => it.name === 'watch')?.error ?? null;
    if (error === null || isStopped(state, id) || healthOf(state, id, now) === 'silent') return [];
    return [{ code: 'agent-blind', text: `agent ${id} cannot go on: ${error}`, refs: [id] }];
  });
}

/** A machine that builds may well use its processor to the full; one that does so for a minute, and for no agent's job, is odd. */
function strainedMachines(state: State, now: Time): NeedsYou[] {
  return agentsWorstFirst(state, now).flatMap((agent) => {
    const status = agentStatus(state, agent, now);
    if (status === 'Offline' || status === 'Maintenance') return [];
    return machineHealth(state.heartbeats.get(agent.id), state.yard)
      .filter((it) => it.level === 'critical' && (it.of !== 'cpu' || isOddlyBusy(state, agent)))
      .map(({ of, text }) => {
        const why = of === 'cpu' ? ', and no agent builds there' : '';
        return { code: `${of}-critical`, text: `agent ${agent.id}: ${text}${why}`, refs: [agent.id] };
      });
  });
}

function isOddlyBusy(state: State, { id, host, capabilities }: Agent): boolean {
  const beat = state.heartbeats.get(id);
  const load = beat?.machine.load1 ?? null;
  if (!beat || (load !== null && load < capabilities.cores)) return false;
  const there = new Set([...state.agents].filter((it) => it.host === host).map((it) => it.id));
  const { heldBy } = boardOf(state);
  return ![...there].some((it) => heldBy.has(it)) && !hasBuilt(state, there, measuredSince(beat));
}

/** Each of the two beats tells of the time since the one before it. */
const measuredSince = (beat: Heartbeat): Time => after(beat.at, -2 * promisedIntervalMs(beat));

const hasBuilt = ({ jobs }: State, agents: ReadonlySet<string>, since: Time): boolean =>
  [...jobs].some(({ attempts }) =>
    attempts.some(({ agent, endedAt }) => agents.has(agent) && endedAt !== null && isBefore(since, endedAt)),
  );

/** What it was to tell people, and could not. */
function muteAgents(state: State, now: Time): NeedsYou[] {
  return agentsWorstFirst(state, now).flatMap(({ id }) => {
    const error = state.heartbeats.get(id)?.loops.find((it) => it.name === 'notify')?.error ?? null;
    if (error === null || isStopped(state, id) || healthOf(state, id, now) === 'silent') return [];
    return [{ code: 'notify-failing', text: `agent ${id} cannot notify: ${error}`, refs: [id] }];
  });
}

/** It builds; but what was to run there does not, and nobody else would find out why. */
function returnedPrograms(state: State, now: Time): NeedsYou[] {
  return agentsWorstFirst(state, now).flatMap(({ id }) => {
    const error = state.heartbeats.get(id)?.loops.find((it) => it.name === 'program')?.error ?? null;
    if (error === null || isStopped(state, id) || healthOf(state, id, now) === 'silent') return [];
    return [{ code: 'program-returned', text: `agent ${id} went back: ${error}`, refs: [id] }];
  });
}

/** Alarms and the archive hang on it: a schedule that nobody can read must not be found out by what is missing. */
function failingUpkeep(state: State, now: Time): NeedsYou[] {
  return upkeepLines(state).flatMap(({ task, agent, error }) => {
    const isOver = isStopped(state, agent) || healthOf(state, agent, now) === 'silent';
    if (error === null || isOver || state.yard.upkeep[task]?.schedule === 'off') return [];
    const [why = ''] = error.split('\n');
    return [{ code: 'upkeep-failing', text: `upkeep ${task} fails: ${clipped(why, 150)}`, refs: [task, agent] }];
  });
}

/** A file of the inbox was never in force: it is a wish that nobody could grant. */
function refusedFile(file: FileProblem): NeedsYou {
  return { code: 'inbox-refused', text: `${placeOf(file)} is not taken up: it ${file.reason}`, refs: [file.path] };
}

function brokenFile(file: FileProblem): NeedsYou {
  const { path, reason, author, restored } = file;
  const where = placeOf(file);
  if (!restored) return { code: 'file-broken', text: `${where} is not in force: it ${reason}`, refs: [path] };
  const text = `${where} was restored: what ${author ?? 'somebody'} wrote ${reason}; gityard quarantine clear when seen`;
  return { code: 'file-restored', text, refs: [path] };
}

const placeOf = ({ path, line }: FileProblem): string => `${path}${line === null ? '' : `:${line}`}`;

function failedWork(state: State): NeedsYou[] {
  return brokenWork(state).map((job) => {
    const what = job.branch === null ? `job ${job.id}` : `branch ${job.branch}: job ${job.id}`;
    if (job.status === 'expired')
      return { code: 'job-expired', text: `${what} expired: no agent could take it in its time`, refs: [job.id] };
    const attempt = currentAttempt(job);
    const why = whyEnded(job) ?? ((attempt?.exitCode ?? null) === null ? null : `exit code ${attempt?.exitCode}`);
    return { code: 'job-failed', text: `${what} failed${why === null ? '' : `: ${why}`}`, refs: [job.id] };
  });
}

function overdueMessages(state: State, now: Time): NeedsYou[] {
  return inOrder(state.messages, (message) => message.sentAt).flatMap((message) => {
    if (message.ackBy === null || !isPast(message.ackBy, now)) return [];
    const missing = missingAcks(state, message, now);
    if (missing.length === 0) return [];
    const { escalation } = message.followUps;
    const told = escalation === undefined ? '' : `; ${state.messages.get(escalation)?.to ?? 'others'} were told`;
    const text = `message "${message.subject}" was to be acknowledged by ${message.ackBy}; missing: ${missing.join(', ')}${told}`;
    return [{ code: 'message-overdue', text, refs: [message.id, ...(escalation === undefined ? [] : [escalation])] }];
  });
}

function leftLocks(state: State, now: Time): NeedsYou[] {
  return inOrder(state.locks, (lock) => lock.name).flatMap((lock) =>
    lock.holders
      .filter((it) => it.expiresAt !== null && isPast(it.expiresAt, now))
      .map((it) => ({
        code: 'lock-expired',
        text: `lock ${lock.name} of ${it.holder} ran out at ${it.expiresAt} and was not released`,
        refs: [lock.name],
      })),
  );
}

const inOrder = <T>(table: Iterable<T>, by: (it: T) => string): readonly T[] =>
  [...table].sort((a, b) => (by(a) < by(b) ? -1 : 1));
