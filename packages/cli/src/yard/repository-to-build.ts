/** What `job add` builds: the repository that was named, none for a bare command, else the one that its author stands in. */
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { absoluteAddress, withoutSecrets } from '../start/address.ts';
import { currentRepository } from '../start/current-repository.ts';

export interface Wanted {
  readonly repo: string | undefined;
  readonly command: readonly string[];
}

export async function repositoryToBuild(context: Context, { repo, command }: Wanted): Promise<string | null> {
  const { cwd } = context.io;
  if (repo !== undefined) return absoluteAddress(repo, cwd);
  if (command.length > 0) return null;
  const here = await currentRepository(cwd, []);
  if (!here) throw usageError('there is nothing to build', 'give --repo <url>, or a command after --');
  // Other machines reach the origin; a path means something on this one alone.
  const address = here.origin ?? here.folder;
  context.note(`building ${withoutSecrets(address)}, where you stand`);
  return withoutSecrets(address);
}
