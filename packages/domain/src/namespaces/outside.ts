/** What somebody may not ask for whose word goes for some namespaces alone. Knows nothing of how a face has made sure of that. */
import { type Refused, refuse } from '../decision.ts';
import type { CommandWish, JobWish } from '../entities/queue-file.ts';
import { find } from '../find.ts';
import type { JobRequest } from '../operations/jobs/submit-job.ts';
import { requestOf } from '../operations/queue/take-up-queue-file.ts';
import type { State } from '../state.ts';
import { namespaceOf, namespaceOfRequest } from './namespace-of.ts';

const ON_JOBS: ReadonlySet<CommandWish['op']> = new Set([
  ...(['cancel', 'retry', 'prioritise', 'priority', 'assign', 'approve', 'reject', 'pause', 'unpause'] as const),
]);

/** `namespaces`: none means all. What is of no job, as agents and locks are, is everybody's, and so for nobody of those. */
export function refuseOutside(
  state: State,
  wish: JobWish | CommandWish,
  namespaces: readonly string[],
): Refused | undefined {
  if (namespaces.length === 0) return undefined;
  if (!('op' in wish)) return refuseJobOutside(state, requestOf(wish), namespaces);
  if (!ON_JOBS.has(wish.op))
    return refuse('DENIED', `to ${wish.op} is for those who may do so everywhere`, [wish.target]);
  const found = find(state.jobs, wish.target, 'job');
  if (!found.ok) return found;
  const name = namespaceOf(state.yard, found.value);
  if (name !== null && namespaces.includes(name)) return undefined;
  return refuse(
    'DENIED',
    `job ${found.value.id} is of ${wordFor(name)}, and yours are those of ${namespaces.join(', ')}`,
    [found.value.id],
  );
}

/** The same of a job that is asked for in other words. */
export function refuseJobOutside(
  { yard }: Pick<State, 'yard'>,
  asked: JobRequest,
  namespaces: readonly string[],
): Refused | undefined {
  const name = namespaceOfRequest(yard, asked);
  if (namespaces.length === 0 || (name !== null && namespaces.includes(name))) return undefined;
  return refuse('DENIED', `that job would be of ${wordFor(name)}, and yours are those of ${namespaces.join(', ')}`);
}

const wordFor = (name: string | null): string => (name === null ? 'no namespace' : `namespace ${name}`);
