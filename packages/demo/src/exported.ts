/** A repository in memory becomes one that is reached by a transport: all of it in one push. */
import { type GitObject, type MemoryRemote, StoreError, type Transport } from '@gityard/store';

/** The target holds none of these refs. Throws StoreError. */
export async function exported(remote: MemoryRemote, target: Transport): Promise<void> {
  const updates = [...remote.refs].map(([ref, next]) => ({ ref, expected: null, next }));
  const objects = new Map<string, GitObject>();
  // What heartbeats left behind, which nothing leads to any more, stays here.
  for (const { ref } of updates) for (const it of await objectsOf(remote, ref)) objects.set(it.oid, it);
  const outcome = await target.push({ updates, objects: [...objects.values()] });
  if (outcome.kind === 'unclear') throw outcome.cause;
  for (const [ref, it] of outcome.refs)
    if (!it.ok)
      throw new StoreError('DENIED', `${target.name} did not take ${ref}: ${it.reason}`, {
        hint: 'name an empty repository',
      });
}

/** What a tag names is in one of the histories: to walk those for each of hundreds would take longer than all else. */
async function objectsOf(remote: MemoryRemote, ref: string): Promise<readonly GitObject[]> {
  const tag = ref.startsWith('refs/tags/') ? remote.objects.get(remote.refs.get(ref) ?? '') : undefined;
  return tag ? [tag] : (await remote.transport().fetchRef({ ref, have: [] })).objects;
}
