/**
 * Whose a job is. What it builds says so before what it says of itself: nobody gets out of the quotas of a team by another
 * name. Of several that speak of it the first by name.
 */
import type { Job } from '../entities/job.ts';
import type { Namespace } from '../entities/namespace.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { speaksOf } from '../speaks-of.ts';

type Asked = Pick<Job, 'repository' | 'branch' | 'labels' | 'namespace' | 'submittedBy'>;
type Named = Pick<YardConfig, 'namespaces'>;

export const hasNamespaces = ({ namespaces }: Named): boolean => namesIn(namespaces).length > 0;

/** null: nobody's in particular. */
export function namespaceOf({ namespaces }: Named, job: Asked): string | null {
  const names = namesIn(namespaces);
  if (names.length === 0) return null;
  const known = found.get(namespaces) ?? new WeakMap<Asked, string | null>();
  found.set(namespaces, known);
  const before = known.get(job);
  if (before !== undefined) return before;
  const name = names.find((it) => isOf(namespaces[it], job)) ?? saidBy(job, names);
  known.set(job, name);
  return name;
}

/** Whose it would be if it were asked for. */
export const namespaceOfRequest = (yard: Named, asked: Partial<Asked>): string | null =>
  namespaceOf(yard, {
    repository: asked.repository ?? null,
    branch: asked.branch ?? null,
    labels: asked.labels ?? [],
    namespace: asked.namespace ?? null,
    submittedBy: asked.submittedBy ?? '',
  });

/** Asked of every job at every look at the queue, and neither of the two changes. */
const found = new WeakMap<YardConfig['namespaces'], WeakMap<Asked, string | null>>();
const sorted = new WeakMap<YardConfig['namespaces'], readonly string[]>();

function namesIn(namespaces: YardConfig['namespaces']): readonly string[] {
  const names = sorted.get(namespaces) ?? Object.keys(namespaces).sort();
  sorted.set(namespaces, names);
  return names;
}

function isOf(namespace: Namespace | undefined, job: Asked): boolean {
  if (namespace === undefined) return false;
  const { repositories, branches, labels } = namespace;
  return [repositories, branches, labels].some((it) => it.length > 0) && speaksOf(namespace, job);
}

/** By a word of its own, or by the folder of the inbox that it came from. */
function saidBy({ namespace, submittedBy }: Asked, names: readonly string[]): string | null {
  const [, folder] = /^queue\/([^/]+)\//.exec(submittedBy) ?? [];
  return names.find((it) => it === namespace) ?? names.find((it) => it === folder) ?? null;
}

export const namespaceNamed = ({ namespaces }: Named, name: string | null): Namespace | undefined =>
  name !== null && Object.hasOwn(namespaces, name) ? namespaces[name] : undefined;
