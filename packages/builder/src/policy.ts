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
import { isBeyond } from './sandbox/network-for.ts';
import { protocolOf } from './source/address.ts';

export { isListed } from '@gityard/domain';

type Asking = Pick<Job, 'repository' | 'branch' | 'toolchain' | 'command' | 'secrets'>;

/** Before anything is fetched. */
export function refusalByPolicy(policy: BuildPolicy, job: Asking): string | null {
  const { repository } = job;
  if (repository !== null && protocolOf(repository) === null)
    return `${JSON.stringify(repository)} is not an address that an agent fetches from; use https, http, ssh, file, an absolute path or user@host:path, without a password or "..", and in a URL without blanks`;
  return inWords(denials(permissionOf(policy), job));
}

/** Once it is known which branch is built. */
export function refusalOfSource(policy: BuildPolicy, job: Asking, branch: string | null): string | null {
  return job.repository === null ? null : inWords(denialsOfBuild(permissionOf(policy), { ...job, branch }));
}

interface Planned extends Pick<Recipe, 'stages' | 'checks'> {
  readonly toolchain: Toolchain;
}

/** Once it is known what would run. Own commands of a repository are the toolchain `shell`, or each is listed. */
export function refusalOfPlan(policy: BuildPolicy, job: Asking, { toolchain, stages, checks }: Planned): string | null {
  const permission = permissionOf(policy);
  const { toolchains } = permission;
  if (toolchains === undefined) return null;
  const own = [...(job.command === null ? Object.values(stages).flat() : []), ...checks];
  const stray = toolchains.includes('shell') ? undefined : own.find((argv) => !mayBring(permission, argv));
  if (stray) return inWords([{ what: `its own command ${stray[0]}`, allow: ['--toolchain', 'shell'] }]);
  return job.command === null ? inWords(denials(permission, { ...job, toolchain })) : null;
}

/** Of what a recipe asks to be built in. Which kind of sandbox it must be is for the owner alone to say. */
export function refusalOfImage({ images = [], image: own, sandbox }: BuildPolicy, image: string): string | null {
  if (own !== image && !isListed(images, image))
    return inWords([{ what: `image ${image}`, allow: ['--image', image] }]);
  if ((sandbox ?? 'auto') === 'auto' || sandbox === 'podman') return null;
  return `gityard.yml asks to be built in the image ${image}, and the owner of this agent lets builds run in the sandbox ${sandbox} alone; he can allow both with: gityard agent allow --sandbox auto`;
}

export function refusalOfNetwork(policy: BuildPolicy, asked: Recipe['network']): string | null {
  if (asked === null || !isBeyond(policy, asked)) return null;
  const when = asked === 'always' ? 'in all stages' : 'while packages are restored';
  return inWords([{ what: `the network ${when}, which gityard.yml asks for`, allow: ['--network', asked] }]);
}

/** Whether it matters to this agent that a commit really is of the branch that its job names. */
export const cares = ({ refs = ['*'] }: BuildPolicy, { secrets }: Pick<Job, 'secrets'>): boolean =>
  !isListed(refs, '*') || secrets.length > 0;

function inWords(denied: readonly Denial[]): string | null {
  const [first] = denied;
  if (!first) return null;
  const words = first.allow.map(shellWord);
  const allow = words.length === 0 ? '' : `; its owner can allow it with: gityard agent allow ${words.join(' ')}`;
  return `this agent does not allow ${first.what === 'commands' ? 'commands that a job brings' : first.what}${allow}`;
}
