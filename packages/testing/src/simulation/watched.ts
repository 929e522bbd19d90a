/** Puts a judge where it sees every commit and hears every answer, and writes all of it down. */
import { Judge } from './judge.ts';
import type { Trace } from './trace.ts';
import type { World } from './world.ts';

export function watched(world: World, trace: Trace): Judge {
  const { repository, calls, timeline } = world;
  const judge = new Judge(world);
  repository.onLanded = async () => {
    await judge.commitLanded();
    trace.add(timeline.nowMs, `${repository.head} ${judge.lastSubject}`);
  };
  calls.onEnd = (call) => {
    judge.callEnded(call);
    trace.add(timeline.nowMs, `${call.by} ${call.name} ${call.id} ${Object.values(call.ending ?? {}).join(' ')}`);
  };
  return judge;
}
