/** For specs: a person who edits files of the state branch by ordinary commits, without a word about operations. */
import { type MemoryRemote, openStore } from '@gityard/store';
import { DEFAULT_REFS } from '../options.ts';

export interface Person {
  /** Files by path; null removes. Resolves with the commit. */
  commit(message: string, files: Readonly<Record<string, string | null>>): Promise<string>;
  /** What the file holds at the head. */
  read(path: string): Promise<string | undefined>;
}

type HandMade = { message: string; files: Readonly<Record<string, string | null>> };

export function personOf(remote: MemoryRemote): Person {
  const author = { name: 'Ada', email: 'ada@example.com' };
  const store = openStore<HandMade, null>({
    transport: remote.transport(),
    ref: DEFAULT_REFS.state,
    compose: (_, operations) => ({
      edits: operations.flatMap(({ files }) =>
        Object.entries(files).map(([path, text]) => ({ path, content: text === null ? null : Buffer.from(text) })),
      ),
      message: `${operations[0]?.message}\n`,
      author,
      answers: operations.map(() => null),
    }),
  });
  return {
    commit: async (message, files) => (await store.perform({ message, files })).commit ?? '',
    read: async (path) => {
      const snapshot = await store.refresh();
      const entry = snapshot.entry(path);
      return entry && Buffer.from(snapshot.read(entry.oid) ?? []).toString();
    },
  };
}
