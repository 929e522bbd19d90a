/**
 * Tells the service manager that started this agent how it is: ready once others can see it, alive while its work loop turns,
 * stopping when it was told to. A work loop that hangs is not told as alive, so that the manager starts the agent anew.
 */
import type { AgentContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { LoopLine } from '../status-board.ts';

/** Without a watchdog there is only the status to tell. */
const STATUS_MS = 60_000;

export async function serviceManager(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const manager = context.options.serviceManager;
  if (!manager) return;
  // Each word costs a process: two in the time of the watchdog, as it asks for, and no more.
  const periodMs = (manager.watchdogMs ?? 2 * STATUS_MS) / 2;
  if (!(await firstBeat(context, signal))) return;
  await manager.tell({ ready: true, alive: true, status: statusOf(context) });
  line.doing('telling the service manager', periodMs);
  await everyPeriod({ periodMs, signal: AbortSignal.any([context.drain, signal]) }, () => {
    const alive = context.board.overdueMs('work') <= periodMs;
    return manager.tell({ alive, status: alive ? statusOf(context) : 'its work loop hangs' });
  });
  await manager.tell({ stopping: true, alive: true, status: statusOf(context) });
  // What was begun may take its time; who stops it knows for how long.
  await everyPeriod({ periodMs, signal }, () => manager.tell({ alive: true, status: statusOf(context) }));
}

/** False: it was told to stop before. */
async function firstBeat({ lease, bell }: AgentContext, signal: AbortSignal): Promise<boolean> {
  while (lease.beats === 0 && !signal.aborted) await bell.wait({ since: bell.count, ms: STATUS_MS, signal });
  return !signal.aborted;
}

interface Rhythm {
  readonly periodMs: number;
  readonly signal: AbortSignal;
}

async function everyPeriod({ periodMs, signal }: Rhythm, act: () => Promise<void>): Promise<void> {
  for (;;) {
    await pause(periodMs, signal);
    if (signal.aborted) return;
    await act();
  }
}

function statusOf({ running, board, drain }: AgentContext): string {
  const jobs = `${running.size} ${running.size === 1 ? 'job runs' : 'jobs run'}`;
  if (drain.aborted) return `stopping; ${jobs}`;
  const work = board.doings().loops.find((it) => it.name === 'work');
  return `${jobs}; ${work?.error ?? work?.doing ?? 'beginning'}`;
}
