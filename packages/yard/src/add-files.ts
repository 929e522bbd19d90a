/** Puts files of people beside the state, such as workflows. What is there already stays, and state is written by operations alone. */
import assert from 'node:assert/strict';
import { type Edit, openStore, openTransport, type Snapshot, type Transport } from '@gityard/store';
import { isQueueFile, placeOf } from './files/paths.ts';
import { DEFAULT_REFS, type Refs } from './options.ts';

export interface AddFiles {
  readonly address: string | Transport;
  readonly token?: string | undefined;
  readonly sshKey?: string | undefined;
  readonly refs?: Refs;
  /** Path → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly actor: string;
  /** The commit's message, without its end of line. */
  readonly message: string;
}

/** @returns those that were put there. Throws StoreError. */
export async function addFiles(asked: AddFiles): Promise<readonly string[]> {
  const { address, token, sshKey, refs = DEFAULT_REFS, files, actor, message } = asked;
  for (const path of files.keys()) assert(!placeOf(path) && !isQueueFile(path), `${path} is no file of people`);
  const transport = typeof address === 'string' ? openTransport(address, { token, sshKey }) : address;
  const author = { name: actor, email: `${actor}@gityard.invalid` };
  const store = openStore<null, readonly string[]>({
    transport,
    ref: refs.state,
    compose: (snapshot) => {
      const edits = missing(snapshot, files);
      return { edits, message: `${message}\n`, author, answers: [edits.map((it) => it.path)] };
    },
  });
  try {
    return (await store.perform(null)).answer;
  } finally {
    await store.close();
    if (typeof address === 'string') await transport.close();
  }
}

const missing = (snapshot: Snapshot, files: AddFiles['files']): Edit[] =>
  [...files]
    .filter(([path]) => !snapshot.entry(path))
    .map(([path, text]) => ({ path, content: new TextEncoder().encode(text) }));
