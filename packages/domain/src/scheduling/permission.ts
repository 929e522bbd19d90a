/**
 * What the policy of an agent does not let in, of one job: the same rules before a claim, by what the agent has published, and
 * in the build, by what the agent itself holds to. Each answer says how the owner of the machine can allow it.
 */
import type { Agent } from '../entities/agent.ts';
import { type Job, TOOLCHAINS } from '../entities/job.ts';
import type { Policy, SecretRule } from '../entities/policy.ts';

export type Permission = Agent['allows'];

export interface Denial {
  /** As in "does not allow …". */
  readonly what: string;
  /** The words after `gityard agent allow`; none where the job itself has to be another. */
  readonly allow: readonly string[];
}

type Asking = Pick<Job, 'repository' | 'branch' | 'toolchain' | 'command' | 'secrets' | 'update'>;
/** As a build's policy is handed over: what is left out is as it is by default. */
type Ruling = { readonly [K in keyof Policy]?: Readonly<Policy[K]> };

/** What of a policy is published; what is as it is by default is left out, as older programs leave it out. */
export function permissionOf(policy: Ruling, signers: readonly string[] = []): Permission {
  const { repositories = [], commands = false, refs = ['*'], toolchains = TOOLCHAINS, secrets = [] } = policy;
  const { signatures = 'optional', updates = [] } = policy;
  return {
    repositories: [...repositories],
    commands: commands === true,
    ...(typeof commands !== 'boolean' && commands.length > 0 && { programs: [...commands] }),
    ...(!refs.includes('*') && { refs: [...refs] }),
    ...(TOOLCHAINS.some((it) => !toolchains.includes(it)) && { toolchains: [...toolchains] }),
    ...(secrets.length > 0 && { secrets: [...secrets] }),
    ...(updates.length > 0 && { updates: [...updates] }),
    ...(signatures === 'required' && { signatures }),
    ...(signers.length > 0 && { signers: [...signers] }),
  };
}

/** Before its branch and toolchain are known for sure: what is not named yet is left for the build to judge. */
export function denials(permission: Permission, job: Asking): readonly Denial[] {
  const refs = job.branch === null ? [] : refDenials(permission, job.branch);
  return [...rest(permission, job), ...refs, ...secretDenials(permission, job)];
}

/** Of a build whose source is there: a commit that nobody names a branch of is of no branch. */
export function denialsOfBuild(permission: Permission, job: Asking): readonly Denial[] {
  const known = { ...job, branch: job.branch ?? '' };
  return [...rest(permission, known), ...refDenials(permission, known.branch), ...secretDenials(permission, known)];
}

/** Nobody has a secret but by a rule that names it. */
export function mayHaveSecret(rules: readonly SecretRule[], name: string, job: Pick<Job, 'repository' | 'branch'>) {
  const { repository, branch } = job;
  const fits = (rule: SecretRule): boolean =>
    rule.name === name &&
    isListed(rule.repositories, repository ?? '') &&
    (branch === null ? rule.refs.length > 0 : isListed(rule.refs, branch));
  return rules.some(fits);
}

export const mayBring = ({ commands, programs = [] }: Permission, [program = '']: readonly string[]): boolean =>
  commands || isListed(programs, program);

function rest(permission: Permission, { repository, toolchain, command, update }: Asking): Denial[] {
  const { repositories, toolchains, updates = [] } = permission;
  const denied: Denial[] = [];
  if (repository !== null && !isListed(repositories, repository))
    denied.push({ what: repository, allow: [repository] });
  if (command !== null && !mayBring(permission, command)) denied.push(commandDenial(permission, command));
  if (toolchain !== null && toolchains && !toolchains.includes(toolchain))
    denied.push({ what: `toolchain ${toolchain}`, allow: ['--toolchain', toolchain] });
  if (update && !isListed(updates, update.source))
    denied.push({ what: `updates from ${update.source}`, allow: ['--updates', update.source] });
  return denied;
}

function commandDenial({ programs = [] }: Permission, [program = '']: readonly string[]): Denial {
  if (programs.length === 0) return { what: 'commands', allow: ['--commands'] };
  return { what: `command ${program}`, allow: ['--program', program] };
}

function refDenials({ refs }: Permission, branch: string): Denial[] {
  if (refs === undefined || isListed(refs, branch)) return [];
  if (branch === '') return [{ what: 'commits that nobody names a branch of', allow: ['--ref', '*'] }];
  return [{ what: `branch ${branch}`, allow: ['--ref', branch] }];
}

function secretDenials({ secrets = [] }: Permission, job: Asking): Denial[] {
  const missing = job.secrets.filter((name) => !mayHaveSecret(secrets, name, job));
  if (missing.length === 0) return [];
  const what = `${missing.length === 1 ? 'secret' : 'secrets'} ${missing.join(', ')}`;
  // A rule for all of them would give it to whatever anybody asks for.
  if (job.repository === null)
    return [{ what: `${what} for a job without a repository (add it with --repo)`, allow: [] }];
  return [{ what, allow: ['--secret', missing.join(','), '--repo', job.repository, '--ref', job.branch || 'main'] }];
}

/** An entry is the exact word, or the beginning of it before a trailing "*". */
export function isListed(patterns: readonly string[], word: string): boolean {
  return patterns.some((it) => (it.endsWith('*') ? word.startsWith(it.slice(0, -1)) : it === word));
}
