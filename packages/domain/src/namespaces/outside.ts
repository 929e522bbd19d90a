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
  const { id } = found.value;
  return refuseOther(namespaceOf(state.yard, found.value), namespaces, { said: `job ${id} is of`, refs: [id] });
}

/** The same of a job that is asked for in other words. */
export function refuseJobOutside(
  { yard }: Pick<State, 'yard'>,
  asked: JobRequest,
  namespaces: readonly string[],
): Refused | undefined {
  if (namespaces.length === 0) return undefined;
  return refuseOther(namespaceOfRequest(yard, asked), namespaces, { said: 'that job would be of' });
}

function refuseOther(
  name: string | null,
  namespaces: readonly string[],
  { said, refs }: { readonly said: string; readonly refs?: readonly string[] },
): Refused | undefined {
  if (name !== null && namespaces.includes(name)) return undefined;
  const whose = name === null ? 'no namespace' : `namespace ${name}`;
  return refuse('DENIED', `${said} ${whose}, and yours are those of ${namespaces.join(', ')}`, refs);
}
