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
  const { author, email = author, committer } = past;
  // Anybody can be written as the author of what somebody else brings here.
  const who = committer === undefined || isHost(committer) ? { name: author, email } : committer;
  return personOf(state.yard, who.email) ?? personOf(state.yard, who.name) ?? who.email;
}

/** Hosts commit in their own name what people merge on their pages, and name these as the author. */
const isHost = ({ email }: { readonly email: string }): boolean => /^no-?reply@/i.test(email);
