/** Whether the yard shows by now what was wished: a file of the inbox is answered by what changes. Pure. */
import type { ReadModel } from '@gityard/domain';
import type { CommandAsked } from './wish.ts';

/** `before`: what was known when it was sent. */
export const isTakenUp = (wish: CommandAsked, before: ReadModel, now: ReadModel): boolean =>
  JSON.stringify(standingOf(wish, before)) !== JSON.stringify(standingOf(wish, now));

/** Only what an act can change: a row has much in it that moves by itself. */
function standingOf({ op, target }: CommandAsked, model: ReadModel): unknown {
  const job = [...model.jobs, ...model.finished].find(({ id }) => id === target);
  if (op === 'cancel' || op === 'retry') return job?.status;
  if (job !== undefined) return [job.priority, job.reasons.map(({ code }) => code)];
  const lock = model.locks.find(({ name }) => name === target);
  if (op === 'break-lock') return [lock?.token, lock?.holder];
  const message = model.messages.find(({ id }) => id === target);
  if (message !== undefined) return [message.readBy, message.ackedBy];
  const server = model.agents.find(({ id }) => id === target);
  return server === undefined ? model.paused : [server.mode, server.modeUntil];
}
