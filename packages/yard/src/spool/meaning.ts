/** What it means for something that waited when the yard says no to it. A pure question about the state that said so. */
import { type InputOf, type Refused, type State, toTime } from '@gityard/domain';
import type { Operation } from '../writing/compose.ts';

export type Meaning =
  /** It is there already: an earlier try had arrived although its answer had not. */
  | { readonly kind: 'done' }
  /** Somebody may mend what is in its way. */
  | { readonly kind: 'later' }
  /** What can still be told of it. */
  | { readonly kind: 'instead'; readonly operation: Operation }
  | { readonly kind: 'refused' };

export function meaningOf(state: State, { name, input }: Operation, refusal: Refused): Meaning {
  if (refusal.refs.some((it) => state.broken.get(it) !== undefined)) return { kind: 'later' };
  if (name === 'submit')
    return isThere(state, input as InputOf<'submit'>, refusal) ? { kind: 'done' } : { kind: 'refused' };
  if (name === 'send') return isSent(state, input as InputOf<'send'>, refusal) ? { kind: 'done' } : { kind: 'refused' };
  return name === 'finish' ? meaningOfFinish(state, input as InputOf<'finish'>) : { kind: 'refused' };
}

function isThere({ jobs }: State, { id, by, now }: InputOf<'submit'>, { code }: Refused): boolean {
  const job = jobs.get(id);
  return code === 'DUPLICATE_ID' && job?.submittedBy === by && sameTime(job.submittedAt, now);
}

function isSent({ messages }: State, { id, message: { from }, now }: InputOf<'send'>, { code }: Refused): boolean {
  const message = messages.get(id);
  return code === 'DUPLICATE_ID' && message?.from === from && sameTime(message.sentAt, now);
}

/** Only a holder can give its attempt such an end; a result that comes too late is kept as a note on it. */
function meaningOfFinish(state: State, finish: InputOf<'finish'>): Meaning {
  const { jobId, agentId, token, status, exitCode, now } = finish;
  const attempt = state.jobs.get(jobId)?.attempts.find((it) => it.token === token && it.agent === agentId);
  if (attempt?.status === status) return { kind: 'done' };
  if (attempt?.status !== 'lost') return { kind: 'refused' };
  const input: InputOf<'note-late'> = { jobId, agentId, token, status, exitCode, now };
  return { kind: 'instead', operation: { name: 'note-late', input } };
}

const sameTime = (one: string, other: string): boolean => toTime(Date.parse(one)) === toTime(Date.parse(other));
