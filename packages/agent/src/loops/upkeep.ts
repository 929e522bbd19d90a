/**
 * Does the upkeep of the yard that is due (R66). Each task is for one agent: the first in line of those that live. When it is
 * gone, the next one in line sees in the heartbeats that the task is overdue, and does it.
 */
import { setMaxListeners } from 'node:events';
import { type Agent, newerSchema, type State, type Time, toMs, upkeepLines } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { jittered, pause, unlessAborted } from '../pause.ts';
import { isElected, livePeers } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';
import { textOf } from '../trouble.ts';
import { ownChannels } from '../upkeep/commit-statuses.ts';
import { UPKEEP } from '../upkeep/list.ts';
import { nextRun, replanned, scheduleOf } from '../upkeep/schedule.ts';
import type { UpkeepTask } from '../upkeep/task.ts';

/** Cron knows no less than a minute; within this we also see that another agent is gone. */
const LONGEST_WAIT_MS = 30_000;

export async function upkeep(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  line.doing('waiting for what is due');
  // Each task listens by itself, and there may be more of them than Node takes for a leak.
  setMaxListeners(0, signal);
  // Side by side: that one takes its time must not keep the others from theirs.
  await Promise.all(UPKEEP.map((task) => keepDoing(context, task, signal)));
}

async function keepDoing(context: AgentContext, task: UpkeepTask, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    replan(context, task);
    if (isOurs(context, task) && isDue(context, task)) await attempt(context, task, signal);
    await pause(jittered(LONGEST_WAIT_MS, 0.2), signal);
  }
}

/** What we told of the next time was by settings that may be others now. */
function replan(context: AgentContext, task: UpkeepTask): void {
  const { board, yard } = context;
  const own = board.doings().upkeep.find((it) => it.task === task.name);
  if (!own) return;
  const now = replanned(own, scheduleOf(task, yard.state.yard));
  if (now.nextAt !== own.nextAt || now.error !== own.error) board.didUpkeep(now);
}

function isOurs(context: AgentContext, { name, fitness, channel, perMachine = false }: UpkeepTask): boolean {
  const { yard, self } = context;
  const { state } = yard;
  if (perMachine) return newerSchema(state) === null;
  if (channel !== undefined && !ownChannels(context).includes(channel)) return false;
  const peers = livePeers(state, yard.now()).filter((it) => canDo(state, it, channel));
  const fitnessOf = (agent: Agent | undefined) => (agent && fitness?.(state, agent.allows.repositories)) ?? 0;
  const best = Math.max(...peers.map(fitnessOf));
  const own = fitnessOf(state.agents.get(self.id));
  const others = peers.filter((it) => it.id !== self.id && fitnessOf(it) === best);
  return own >= best && isElected(context, `upkeep/${name}`, others);
}

const canDo = ({ heartbeats }: State, { id }: Agent, channel: string | undefined): boolean =>
  channel === undefined || heartbeats.get(id)?.channels.includes(channel) === true;

/** What nobody remembers doing is due at once: so is what was missed while no agent ran. */
function isDue(context: AgentContext, task: UpkeepTask): boolean {
  const { yard } = context;
  if (scheduleOf(task, yard.state.yard).schedule === 'off') return false;
  const last = lastTimeOf(context, task);
  if (last === undefined) return true;
  const next = nextTimeOf(context, task, last);
  return next !== null && toMs(next) <= toMs(yard.now());
}

function lastTimeOf({ yard, board, self }: AgentContext, { name, perMachine = false }: UpkeepTask): Time | undefined {
  const own = board.doings().upkeep.find((it) => it.task === name)?.at;
  const told = perMachine
    ? yard.state.heartbeats.get(self.id)?.upkeep.find((it) => it.task === name)?.at
    : upkeepLines(yard.state).find((it) => it.task === name)?.at;
  return [own, told]
    .filter((it) => it !== undefined)
    .sort((a, b) => toMs(a) - toMs(b))
    .at(-1);
}

/** A schedule that cannot be read is tried at each look, and each time told of. */
function nextTimeOf({ yard }: AgentContext, task: UpkeepTask, after: Time): Time | null {
  try {
    return nextRun(scheduleOf(task, yard.state.yard), after);
  } catch {
    return after;
  }
}

async function attempt(context: AgentContext, task: UpkeepTask, signal: AbortSignal): Promise<void> {
  const { yard, board, emit } = context;
  const at = yard.now();
  try {
    const nextAt = nextRun(scheduleOf(task, yard.state.yard), at);
    const did = await unlessAborted(task.run(context, signal), signal);
    if (did === undefined) return;
    board.didUpkeep({ task: task.name, at, did: did ?? 'nothing to do', error: null, nextAt });
    if (did !== null) emit({ kind: 'upkeep', task: task.name, text: did });
  } catch (error) {
    if (signal.aborted) return;
    const failedBefore = board.doings().upkeep.find((it) => it.task === task.name)?.error;
    board.didUpkeep({
      task: task.name,
      at,
      did: 'failed',
      error: textOf(error),
      nextAt: nextTimeOf(context, task, at),
    });
    if (failedBefore !== textOf(error)) emit({ kind: 'upkeep-failed', task: task.name, text: textOf(error) });
  }
}
