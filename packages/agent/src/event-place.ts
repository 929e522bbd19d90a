/** Where an event belongs: by what the code is in the middle of, else by what the state says of the job. */
import { attemptTraceparent, type State, traceparentOf } from '@gityard/domain';
import { traceparentHere } from '@gityard/telemetry';
import type { AgentEvent, EventPlace } from './events.ts';

/** @param state not there before the yard was looked at; then nothing is known of any job */
export function placeOf(event: AgentEvent, state: () => State): EventPlace {
  const here = traceparentHere() ?? null;
  if (!('job' in event)) return { attempt: null, traceparent: here };
  const job = state().jobs.get(event.job);
  if (!job) return { attempt: null, traceparent: here };
  if (!('token' in event)) return { attempt: null, traceparent: here ?? traceparentOf(job) };
  const attempt = job.attempts.find((it) => it.token === event.token)?.number ?? null;
  return { attempt, traceparent: here ?? attemptTraceparent(job, event.token) };
}
