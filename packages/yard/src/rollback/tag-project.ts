/** The same tag in the repository that was built, for those who have no yard. It is not recorded: whoever wants to know looks there. */
import type { RollbackPoint } from '@gityard/domain';
import { openTransport, StoreError, type TransportOptions } from '@gityard/store';
import { type MadeTag, makeTag } from '../refs/tags.ts';
import { tagFieldsOf } from './tag-words.ts';

export async function tagProject(
  { branch, point }: { branch: string; point: RollbackPoint },
  access: TransportOptions,
): Promise<MadeTag> {
  const { repository, commit, tag } = point;
  if (repository === null || commit === null || !/^[0-9a-f]{40}$/.test(commit))
    throw new StoreError('CONFLICT', `${tag} is of no commit of a repository`, { hint: 'leave --project out' });
  const transport = openTransport(repository, access);
  try {
    return await makeTag(
      transport,
      tagFieldsOf({ branch, point: { ...point, target: commit, targetIs: 'built-commit' } }),
    );
  } finally {
    await transport.close();
  }
}
