/** The job as a claim sees it: an assignment whose time is over binds nobody, and the pool of its namespace binds it like a label. */
import type { Job } from '../entities/job.ts';
import { hasNamespaces, namespaceNamed, namespaceOf } from '../namespaces/namespace-of.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { asAssigned } from './waiting.ts';

export function asAsked({ yard }: Pick<State, 'yard'>, asked: Job, now: Time): Job {
  const job = asAssigned(asked, now);
  if (!hasNamespaces(yard)) return job;
  const pool = namespaceNamed(yard, namespaceOf(yard, asked))?.pool ?? null;
  return pool === null ? job : { ...job, labels: [...job.labels, pool] };
}
