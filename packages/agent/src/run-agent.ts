/**
 * The life of one agent: lock its folder, enter the yard, keep its loops alive, and stop in order. What runs is finished or
 * given back before the loops stop, and the heartbeat stops last, so that nobody takes over what is still being handed in.
 */
import { setMaxListeners } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AgentContext } from './context.ts';
import { Ending } from './ending.ts';
import { lockHome } from './home/lock-home.ts';
import { showTakesNone } from './jobs/takes-none.ts';
import { heartbeat } from './loops/heartbeat.ts';
import { takeUpAll } from './loops/inbox.ts';
import { LOOPS } from './loops/list.ts';
import { certainLosses, takeBackAll } from './loops/reap.ts';
import { work } from './loops/work.ts';
import type { AgentExit, AgentOptions } from './options.ts';
import { enter, makeContext } from './start.ts';
import { Supervisor } from './supervisor.ts';
import { exitFor, pauseAfterMs } from './trouble.ts';

export async function runAgent(options: AgentOptions): Promise<AgentExit> {
  const ending = new Ending(options);
  try {
    const lock = await lockHome(options.home, {
      onLost: (reason) => ending.end({ code: 4, reason, error: 'DUPLICATE_AGENT' }),
    });
    try {
      return await live(options, ending);
    } finally {
      await lock.release();
    }
  } catch (error) {
    const exit = exitFor(error);
    if (!exit) throw error;
    return exit;
  }
}

async function live(options: AgentOptions, ending: Ending): Promise<AgentExit> {
  await mkdir(options.home, { recursive: true });
  const context = await makeContext(options, ending);
  try {
    if (await enter(context)) await supervise(context);
    context.emit({ kind: 'stopped', text: ending.exit.reason });
    return ending.exit;
  } finally {
    await context.storage.close();
    await context.yard.close();
  }
}

async function supervise(context: AgentContext): Promise<void> {
  const { drain, running, board, emit } = context;
  const pauseMs = (error: unknown, failures: number) =>
    pauseAfterMs(error, failures, context.yard.state.yard.poll.seconds * 1000);
  const supervisor = new Supervisor(context, { board, emit, pauseMs });
  const [stopHeart, stopLoops] = [new AbortController(), new AbortController()];
  // Every loop listens to it, some more than once: that is no leak, and no warning for a person's terminal.
  setMaxListeners(0, stopLoops.signal);
  const heart = supervisor.keep({ name: 'heartbeat', run: heartbeat }, stopHeart.signal);
  const loops = LOOPS.map((loop) => supervisor.keep(loop, stopLoops.signal));

  if (context.options.once) await tidyBeforeTheOnlyLook(context);
  await supervisor.keep({ name: 'work', run: work }, drain);
  await showTakesNone(context);
  if (drain.aborted && running.size > 0) emit({ kind: 'draining', running: running.size });
  await Promise.all(running.values());

  stopLoops.abort();
  await Promise.all(loops);
  stopHeart.abort();
  await heart;
}

/** Whoever looks once for a job should see what lies in the inbox, and what an earlier life of ours left behind. */
async function tidyBeforeTheOnlyLook(context: AgentContext): Promise<void> {
  await takeUpAll(context, context.drain);
  await takeBackAll(context, await certainLosses(context), context.drain);
}
