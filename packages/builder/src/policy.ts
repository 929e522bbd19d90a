/**
 * What this agent's owner lets run here. The answer is the reason of a refusal or nothing; it depends on the agent's
 * own policy alone, never on anything that stands in the yard or in the repository that is to be built.
 */
import {
  type Denial,
  denials,
  denialsOfBuild,
  isListed,
  type Job,
  mayBring,
  permissionOf,
  shellWord,
  type Toolchain,
} from '@gityard/domain';
import type { BuildPolicy } from './contract.ts';
import type { Recipe } from './recipe.ts';
import { protocolOf } from './source/address.ts';

export { isListed } from '@gityard/domain';

type Asking = Pick<Job, 'repository' | 'branch' | 'toolchain' | 'command' | 'secrets'>;

/** Before anything is fetched. */
export function refusalByPolicy(policy: BuildPolicy, job: Asking): string | null {
  const { repository } = job;
  if (repository !== null && protocolOf(repository) === null)
    return `${JSON.stringify(repository)} is not an address that an agent fetches from; use https, http, ssh, file, an absolute path or user@host:path, without a password, ".." or blanks`;
  return inWords(denials(permissionOf(policy), job));
}

/** Once it is known which branch is built. */
export function refusalOfSource(policy: BuildPolicy, job: Asking, branch: string | null): string | null {
  return job.repository === null ? null : inWords(denialsOfBuild(permissionOf(policy), { ...job, branch }));
}

interface Planned extends Pick<Recipe, 'stages'> {
  readonly toolchain: Toolchain;
}

/** Once it is known what would run. Own commands of a repository are the toolchain `shell`, or each is listed. */
export function refusalOfPlan(policy: BuildPolicy, job: Asking, { toolchain, stages }: Planned): string | null {
  const permission = permissionOf(policy);
  const { toolchains } = permission;
  if (job.command !== null || toolchains === undefined) return null;
  const own = Object.values(stages).flat();
  const stray = toolchains.includes('shell') ? undefined : own.find((argv) => !mayBring(permission, argv));
  if (stray) return inWords([{ what: `its own command ${stray[0]}`, allow: ['--toolchain', 'shell'] }]);
  return inWords(denials(permission, { ...job, toolchain }));
}

/** Whether it matters to this agent that a commit really is of the branch that its job names. */
export const cares = ({ refs = ['*'] }: BuildPolicy, { secrets }: Pick<Job, 'secrets'>): boolean =>
  !isListed(refs, '*') || secrets.length > 0;

function inWords(denied: readonly Denial[]): string | null {
  const [first] = denied;
  if (!first) return null;
  const words = first.allow.map(shellWord);
  const allow = `its owner can allow it with: gityard agent allow ${words.join(' ')}`;
  return `this agent does not allow ${first.what === 'commands' ? 'commands that a job brings' : first.what}; ${allow}`;
}
