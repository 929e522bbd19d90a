/**
 * What this agent's owner lets run here. The answer is the reason of a refusal or nothing; it depends on the agent's
 * own policy alone, never on anything that stands in the yard or in the repository that is to be built.
 */
import type { Job } from '@gityard/domain';
import type { BuildPolicy } from './contract.ts';
import { protocolOf } from './source/address.ts';

export function refusalByPolicy(
  policy: BuildPolicy,
  { repository, command }: Pick<Job, 'repository' | 'command'>,
): string | null {
  if (repository !== null && protocolOf(repository) === null) {
    return `${JSON.stringify(repository)} is not an address that an agent fetches from; use https, http, ssh, file, an absolute path or user@host:path, without a password, ".." or blanks`;
  }
  if (repository !== null && !isListed(policy.repositories, repository)) {
    return `this agent does not build ${repository}; its owner can allow it with: gityard agent allow ${repository}`;
  }
  if (command !== null && !policy.commands) {
    return 'this agent does not run commands that a job brings; its owner can allow them with: gityard agent allow --commands';
  }
  return null;
}

/** An entry is the exact word, or the beginning of it before a trailing "*". */
export function isListed(entries: readonly string[], word: string): boolean {
  return entries.some((entry) => (entry.endsWith('*') ? word.startsWith(entry.slice(0, -1)) : word === entry));
}
