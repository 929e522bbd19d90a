/**
 * Whether a build may have a secret, by the agent's own policy alone. A rule is about what is really built: a job that names a
 * trusted branch beside a commit of another one gets nothing.
 */
import type { SecretUse } from '@gityard/builder';
import { isListed, shellWord } from '@gityard/domain';
import type { Policy } from '../policy.ts';

type Rules = Pick<Policy, 'secrets'>;
type Place = Pick<SecretUse, 'repository' | 'branch' | 'isOnBranch'>;

/** Why not, and how the owner can allow it; null: it may. */
export async function whyNoSecret(name: string, rules: Rules, place: Place): Promise<string | null> {
  const { repository, branch } = place;
  const named = rules.secrets.filter((it) => it.name === name);
  if (named.length === 0) return `no rule of this agent gives ${name} to any build; ${remedy(name, place)}`;
  const here = named.filter((it) => isListed(it.repositories, repository ?? ''));
  if (here.length === 0)
    return `no rule of this agent gives ${name} to builds of ${repository ?? 'no repository'}; ${remedy(name, place)}`;
  const refs = here.flatMap((it) => it.refs);
  if (!isListed(refs, branch ?? ''))
    return `this agent gives ${name} to builds of ${refs.join(', ') || 'no branch'}, and this is one of ${branch ?? 'no branch'}; ${remedy(name, place)}`;
  if (refs.includes('*') || (await place.isOnBranch())) return null;
  return `the commit is not part of ${branch}, so it does not get ${name}; build a commit of that branch`;
}

/** Never with a star: what is copied from here must give a secret to no other build. */
function remedy(name: string, { repository, branch }: Place): string {
  if (repository === null) return 'add the job with --repo, so that a rule can be about its repository';
  if (branch === null) return 'add the job with --branch, so that a rule can be about its branch';
  return `its owner can allow it with: gityard agent allow --secret ${name} --repo ${shellWord(repository)} --ref ${shellWord(branch)}`;
}
