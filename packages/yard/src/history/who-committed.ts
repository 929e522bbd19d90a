/**
 * In whose commit a file came onto the state branch: of one that was merged in, whoever merged it. By their address, where
 * yard.json knows somebody by it, else by their name. Asked only where a person's word counts, because it may take a fetch.
 */
import { personOf } from '@gityard/domain';
import type { Yard } from '../yard.ts';
import { pastOf } from './past.ts';

/** null: the file is not there any more. Throws StoreError. */
export async function whoCommitted(yard: Yard, path: string, signal?: AbortSignal): Promise<string | null> {
  const { transport, refs, head, state } = yard;
  const past = (await pastOf({ transport, ref: refs.state, commit: head, paths: [path], signal })).get(path);
  if (!past) return null;
  const { author, email = author } = past;
  return personOf(state.yard, email) ?? personOf(state.yard, author) ?? email;
}
