/** Messages of the state, old and archived ones as well: first their names, then as many of them as are wanted. */
import { type Message, messageFrom } from '@gityard/domain';
import type { TreeEntry } from '../../sources/source.ts';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { idOf, placeAt } from '../state-files.ts';

/** Newest first: ids begin with their time. */
export async function messageEntries(reading: Reading, at: string): Promise<readonly TreeEntry[]> {
  const folders = ['shared/messages', 'shared/archive/messages'];
  const trees = await Promise.all(folders.map((folder) => reading.tree(placeAt(at), folder)));
  return trees
    .flat()
    .filter(({ path }) => path.endsWith('.json'))
    .sort((a, b) => (idOf(a.path) < idOf(b.path) ? 1 : -1));
}

/** In their order; what cannot be read is left out. */
export async function readMessages(
  reading: Reading,
  { entries, at }: { readonly entries: readonly TreeEntry[]; readonly at: string },
): Promise<readonly Message[]> {
  return (await reading.blobs(entries, placeAt(at))).flatMap(({ bytes }) => {
    const message = messageFrom(jsonIn(bytes));
    return message.ok ? [message.value] : [];
  });
}
